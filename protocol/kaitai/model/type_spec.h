// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/model/attribute.h"

#include <QHash>

#include <map>
#include <memory>

namespace sockeye::kaitai {

struct EnumSpec {
    QByteArray name;
    SourcePosition place;
    QHash<QByteArray, Integer> members;
    std::map<Integer, QByteArray> names;
    std::vector<std::pair<QByteArray, Integer>> order; ///< as written, for lists

    /// The name of a value; empty if it has none. It lives as long as this does.
    [[nodiscard]] QByteArrayView nameOf(const Integer& value) const
    {
        const auto found = names.find(value);
        return found == names.end() ? QByteArrayView() : QByteArrayView(found->second);
    }
};

/// meta/endian or meta/bit-endian, which types below inherit.
struct ByteOrderRule {
    enum class Kind : quint8 { None, Little, Big, Switch };
    Kind kind = Kind::None;
    PlacedExpression switchOn;
    struct Choice {
        PlacedExpression key;
        bool isElse = false;
        bool isLittle = false;
    };
    std::vector<Choice> choices;
};

/// The tree of all objects of a type of which only the values differ; empty for other types.
struct PlainRecord {
    /// How a number is taken out of eight bytes that it lies in, as an integer of 64 bits.
    struct Number {
        qint64 offset = 0; ///< of those bytes: in the record, or in its own, filled up, if it has fewer
        quint8 size = 0; ///< bytes of the number
        quint8 left = 0; ///< bits that it is shifted by first …
        quint8 right = 0; ///< … and then
        bool isLittle = false;
        bool isSigned = false;
        bool isFloat = false;
        const EnumSpec* enumeration = nullptr;
    };
    std::vector<TreeItem> items; ///< without values
    std::vector<Number> numbers; ///< of the items behind the first
    qint64 size = 0; ///< bytes
};

/// One type of a description: its parameters, fields and instances, each with a slot, and the types and enums that
/// stand in it.
struct TypeSpec {
    QByteArray name;
    SourcePosition place;
    TypeSpec* up = nullptr; ///< the type that it stands in; null at the top of a file
    TypeSpec* top = nullptr; ///< that of the file; itself at the top

    std::vector<Attribute> attributes; ///< by slot: parameters, fields, instances
    int parameterCount = 0;
    int fieldEnd = 0; ///< slots from parameterCount to fieldEnd are the sequence
    QHash<QByteArray, int> slotsById; ///< by id

    std::vector<std::unique_ptr<TypeSpec>> types;
    std::vector<std::unique_ptr<EnumSpec>> enums;

    ByteOrderRule order;
    const TypeSpec* orderOwner = nullptr; ///< whose switch settles the byte order; null if it is not switched
    QByteArray encoding;
    bool bitsLittle = false;

    PlacedExpression toText; ///< to-string
    PlacedExpression summary; ///< -summary
    QByteArray show; ///< -show
    QByteArray doc;

    bool hasParentType = false; ///< some field or instance is of this type
    bool parentVaries = false; ///< they stand in different types
    const TypeSpec* parentType = nullptr;

    std::optional<qint64> sizeInBits; ///< if it is always the same

    bool hasOwnRules = false; ///< -value, -checksum

    // For trees.
    TreeLabel label;
    PlainRecord plainRecord;

    [[nodiscard]] const Attribute& at(int slot) const { return attributes[static_cast<std::size_t>(slot)]; }
    [[nodiscard]] int slotCount() const { return static_cast<int>(attributes.size()); }
    [[nodiscard]] int slotOf(const QByteArray& id) const { return slotsById.value(id, -1); }
    [[nodiscard]] TypeSpec* findType(QByteArrayView wanted) const
    {
        for (const auto& type : types) {
            if (type->name == wanted) {
                return type.get();
            }
        }
        return nullptr;
    }
    [[nodiscard]] const EnumSpec* findEnum(QByteArrayView wanted) const
    {
        for (const auto& spec : enums) {
            if (spec->name == wanted) {
                return spec.get();
            }
        }
        return nullptr;
    }
};

} // namespace sockeye::kaitai
