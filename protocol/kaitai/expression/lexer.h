// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/base/integer.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace sockeye::kaitai {

/// A token of the expression language.
struct Token {
    enum class Kind : quint8 { End, Name, Integer, Float, Text, FStringBegin, Symbol, Bad };
    Kind kind = Kind::End;
    qsizetype offset = 0; ///< of its first byte
    QByteArray text; ///< the name, the string's value, the symbol; of Bad: why, a sentence
    Integer integer;
    double number = 0;
};

/// Cuts the text of an expression into tokens.
class Lexer {
public:
    explicit Lexer(QByteArrayView text)
        : m_text(text)
    {
    }

    Token next();
    [[nodiscard]] qsizetype position() const { return m_pos; }
    void setPosition(qsizetype position) { m_pos = position; }

    /// After FStringBegin: the literal piece up to the next "{" or the closing quote. `*ended` says which of them it
    /// was; it is passed over. False if the string does not end.
    [[nodiscard]] bool fstringPiece(QByteArray& piece, bool& ended);

private:
    Token bad(qsizetype offset, const QString& why);
    Token name();
    Token number();
    Token based(int base);
    Token doubleQuoted();
    Token singleQuoted();
    bool escape(QByteArray& out);
    void skipSpace();
    [[nodiscard]] char at(qsizetype offset) const { return offset < m_text.size() ? m_text[offset] : '\0'; }

    QByteArrayView m_text;
    qsizetype m_pos = 0;
};

} // namespace sockeye::kaitai
