// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/model/expression.h"

#include <QString>

#include <tl/expected.hpp>

namespace sockeye::kaitai {

/// Reads an expression; names are not looked up yet. The error is a sentence with the column. Bounded: at most 16 KiB
/// of text, and operators nested at most 200 deep.
[[nodiscard]] tl::expected<Expression, QString> parseExpression(QByteArrayView text);

/// A name with arguments: "frame", "path::to::frame(len - 2, true)", "u2[]", "xor(key)", "some.function(1)".
struct NamedCall {
    QByteArray name; ///< with its "::" or "."
    std::vector<Expression> arguments;
    bool isArray = false;
    bool hasParentheses = false;
};
[[nodiscard]] tl::expected<NamedCall, QString> parseCall(QByteArrayView text);

/// Whether `name` is one that a field, type, enum or member may have: [a-z][a-z0-9_]*.
[[nodiscard]] bool isIdentifier(QByteArrayView name);

} // namespace sockeye::kaitai
