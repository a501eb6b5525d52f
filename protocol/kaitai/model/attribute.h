// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/content/checksum.h"
#include "protocol/kaitai/base/mistake.h"
#include "protocol/kaitai/base/tree.h"
#include "protocol/kaitai/model/expression.h"
#include "protocol/kaitai/model/type.h"

#include <optional>

namespace sockeye::kaitai {

/// An expression and where it stands in the description.
struct PlacedExpression {
    Expression expression;
    SourcePosition place;

    [[nodiscard]] bool isEmpty() const { return expression.isEmpty(); }
};

/// How one value is read, once it is settled which of the cases of a switch it is.
struct Reading {
    enum class Kind : quint8 { Integer, Float, Bits, Bytes, Text, Struct };
    enum class Order : quint8 { Little, Big, Inherited }; ///< Inherited: as the object says that is read
    Kind kind = Kind::Bytes;
    Order order = Order::Big;
    quint8 size = 0; ///< bytes of an Integer or Float, bits of Bits
    bool isSigned = false;
    bool isBoolean = false; ///< one bit that is true or false
    bool isZeroTerminated = false; ///< strz
    QByteArray name; ///< as it is written, for people: "u2le"
    QByteArray typeName; ///< of a Struct
    const TypeSpec* spec = nullptr; ///< of a Struct, once it is found
    std::vector<PlacedExpression> arguments; ///< for the parameters of a Struct
    QByteArray encoding; ///< of a Text
    SourcePosition place; ///< of the type
    TreeLabel label; ///< for trees
};

/// One case of a switch; without a key the one for everything else.
struct Case {
    PlacedExpression key;
    bool isElse = false;
    Reading reading;
};

/// How far the bytes of a value reach, and what is done to them first.
struct Extent {
    PlacedExpression size;
    bool toEnd = false; ///< size-eos
    QByteArray terminator; ///< empty: none
    bool include = false;
    bool consume = true;
    bool endIsError = true; ///< eos-error
    std::optional<char> padRight;

    [[nodiscard]] bool isGiven() const { return !size.isEmpty() || toEnd || !terminator.isEmpty(); }
};

struct Process {
    enum class Kind : quint8 { None, Xor, RotateLeft, RotateRight, Zlib };
    Kind kind = Kind::None;
    PlacedExpression argument;
};

/// `valid`: what the value must be.
struct Validation {
    PlacedExpression equal;
    PlacedExpression min;
    PlacedExpression max;
    PlacedExpression expression;
    std::vector<PlacedExpression> anyOf;
    bool inEnum = false;

    [[nodiscard]] bool isGiven() const
    {
        return !equal.isEmpty() || !min.isEmpty() || !max.isEmpty() || !expression.isEmpty() || !anyOf.empty()
            || inEnum;
    }
};

/// `-checksum`
struct ChecksumRule {
    const ChecksumAlgorithm* algorithm = nullptr; ///< null: no rule
    QByteArray from; ///< ids of fields of the same type
    QByteArray to;
    int fromSlot = -1;
    int toSlot = -1;
    SourcePosition place;
};

/// A parameter, a field of the sequence or an instance: something that has a name in its type and, in each object of
/// it, a slot.
struct Attribute {
    enum class Role : quint8 { Parameter, Sequence, ValueInstance, ReadInstance };
    enum class Repeat : quint8 { None, ToEnd, Count, Until };

    Role role = Role::Sequence;
    Repeat repeat = Repeat::None;
    bool isNamed = true; ///< false: the id is made up
    bool isContents = false;
    bool isReferred = false; ///< some expression mentions it
    bool isLength = false; ///< one that says how many bytes something has
    bool isChecked = false; ///< `contents` or `valid`
    bool isPlain = false; ///< a number, of whole bytes or of bits, that is always there and may be any
    bool isPlainElement = false; ///< an array of a given number of such, of whole bytes
    QByteArray id;
    SourcePosition place;
    SourcePosition idPlace;

    // What its values are.
    Type type; ///< as expressions see it: an array if it is repeated
    Type elementType;
    QByteArray enumName;
    SourcePosition enumPlace;
    const EnumSpec* enumeration = nullptr;

    // How they are read.
    PlacedExpression switchOn; ///< empty: there is one case, which always holds
    std::vector<Case> cases;
    Extent extent;
    Process process;
    PlacedExpression condition; ///< if
    PlacedExpression repeatCount;
    PlacedExpression repeatUntil;
    QByteArray contents;
    Validation validation;
    PlacedExpression parent; ///< empty: the object that is read
    bool hasParent = true; ///< false: `parent: false`

    // Of instances.
    PlacedExpression value;
    PlacedExpression position;
    PlacedExpression stream; ///< io

    // Ours.
    PlacedExpression ownValue; ///< -value
    ChecksumRule checksum;
    QByteArray show; ///< -show
    QByteArray doc;
    TreeLabel label; ///< for trees

    [[nodiscard]] bool isInstance() const { return role == Role::ValueInstance || role == Role::ReadInstance; }
    [[nodiscard]] bool isRepeated() const { return repeat != Repeat::None; }
};

} // namespace sockeye::kaitai
