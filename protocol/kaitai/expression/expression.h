// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/base/integer.h"
#include "protocol/kaitai/expression/type.h"

#include <QByteArray>

#include <vector>

namespace sockeye::kaitai {

/// What a node of an expression does.
enum class Op : quint8 {
    // Literals
    Integer,
    Float,
    Text,
    Bytes, ///< a list of constant bytes
    Boolean,
    // Names, as they are read; checking turns each into one of those below
    Name,
    Dot, ///< a.name, without arguments
    Call, ///< a.name(arguments)
    EnumMember, ///< text "path::to::enum::member", `integer` its value
    SizeOfType, ///< sizeof<text>, bitsizeof<text>; becomes Integer
    // What names stand for
    Field, ///< `slot` of the object that is read, or of a
    Root,
    Parent, ///< of the object that is read, or of a
    Stream, ///< its _io
    Index, ///< _index
    Item, ///< _
    This, ///< the object that is read; only as an operand
    Method, ///< `method` of a with the arguments
    // Operators
    List,
    FString,
    Subscript,
    Cast,
    Negate,
    Invert,
    Not,
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    ShiftLeft,
    ShiftRight,
    BitAnd,
    BitOr,
    BitXor,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    And,
    Or,
    Ternary,
};

enum class Method : quint8 {
    None,
    EnumToInteger,
    BooleanToInteger,
    FloatToInteger,
    IntegerToText,
    FloatToText,
    TextLength,
    TextReverse,
    TextSubstring,
    TextToInteger,
    BytesSize,
    BytesFirst,
    BytesLast,
    BytesMin,
    BytesMax,
    BytesToText,
    ArraySize,
    ArrayFirst,
    ArrayLast,
    ArrayMin,
    ArrayMax,
    StreamSize,
    StreamPosition,
    StreamEnd,
};

/// One node of an Expression. Operands are indices of other nodes, -1 where there is none.
struct ExpressionNode {
    Op op = Op::Integer;
    Method method = Method::None;
    bool inBits = false; ///< SizeOfType
    bool flag = false; ///< Boolean
    int column = 0; ///< in the expression's text, from 1
    int a = -1;
    int b = -1;
    int c = -1;
    int slot = -1; ///< Field: which of its type's
    Integer integer;
    double number = 0;
    QByteArray text; ///< Text, Bytes; names; Cast: the type's name
    std::vector<int> list; ///< elements, arguments
    const TypeSpec* spec = nullptr; ///< Field: whose slot it is
    Type type; ///< of the value, once it is checked
};

/// An expression: nodes in an order in which operands come first, so that the last one is the whole.
struct Expression {
    std::vector<ExpressionNode> nodes;
    QByteArray text; ///< as it was written

    [[nodiscard]] bool isEmpty() const { return nodes.empty(); }
    [[nodiscard]] int root() const { return static_cast<int>(nodes.size()) - 1; }
    [[nodiscard]] const ExpressionNode& top() const { return nodes.back(); }
    /// Its value, if it is an integer literal.
    [[nodiscard]] std::optional<Integer> constant() const
    {
        return !isEmpty() && top().op == Op::Integer ? std::optional<Integer>(top().integer) : std::nullopt;
    }
};

} // namespace sockeye::kaitai
