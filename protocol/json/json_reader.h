// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/json/json_scanner.h"

#include <QByteArrayView>

#include <tl/expected.hpp>

namespace sockeye::json {

enum class Type : quint8 {
    Object,
    Array,
    String,
    Integer, ///< a whole number that fits 64 bits, signed
    Number, ///< any other number
    Boolean,
    Null,
};

/// "a string", "a number", …: for the "found" of an error.
[[nodiscard]] QString typeName(Type type);

/// A value at the outermost level of an object.
struct Value {
    Type type = Type::Null;
    QByteArrayView text; ///< of a String: what it says, UTF-8, valid during the call only
    qint64 integer = 0; ///< of an Integer
};

/// Is told of the members of an object, in order, all of them: where a key comes twice, the last one counts (as in
/// every JSON library of our peers), which is the visitor's to observe.
class MemberVisitor {
public:
    virtual void member(QByteArrayView key, const Value& value) = 0;

protected:
    ~MemberVisitor() = default;
};

/// Checks that `utf8` is one valid JSON value nested at most `maxDepth` deep, and tells `visitor` (may be null) of the
/// members if it is an object. Returns the type of the value. The visitor may have been told of members before an
/// error was found. Allocates nothing that grows with the text.
[[nodiscard]] tl::expected<Type, Problem> read(QByteArrayView utf8, int maxDepth, MemberVisitor* visitor = nullptr);

} // namespace sockeye::json
