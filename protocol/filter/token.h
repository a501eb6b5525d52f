// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/filter/mistake.h"
#include "protocol/filter/value.h"

#include <QByteArray>
#include <QStringView>

#include <optional>
#include <vector>

namespace sockeye::filter {

/// What a number counts, where that is known.
enum class Unit : quint8 { None, Bytes };

/// A value that stands in the filter's text.
struct Literal {
    Value value; ///< its view is `storage`, which copies share
    QByteArray storage;
    Unit unit = Unit::None;
};

[[nodiscard]] inline Literal textLiteral(const QByteArray& utf8)
{
    Literal literal { {}, utf8, Unit::None };
    literal.value = Value::text(literal.storage);
    return literal;
}

enum class TokenKind : quint8 {
    End,
    Bad, ///< what is no token: Tokens::mistake says why
    Name, ///< a name, or a word that the language gives a meaning to
    Literal,
    Raw, ///< r"text": its literal is the text between the quotes
    LeftParen,
    RightParen,
    LeftBracket,
    RightBracket,
    LeftBrace,
    RightBrace,
    Comma,
    Dot,
    Range, ///< ..
    Colon,
    Star,
    Dollar,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Tilde,
    And,
    Or,
    Not,
};

struct Token {
    TokenKind kind = TokenKind::End;
    qsizetype at = 0; ///< in UTF-16 units of the text
    qsizetype length = 0;
    Literal literal;

    [[nodiscard]] qsizetype end() const { return at + length; }
};

/// A filter's text in pieces, the last one End, or Bad where it cannot go on.
struct Tokens {
    std::vector<Token> list;
    std::optional<Mistake> mistake;
};

} // namespace sockeye::filter
