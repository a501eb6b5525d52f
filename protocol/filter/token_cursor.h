// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/filter/lexer.h"

namespace sockeye::filter {

/// Where a parser stands in a filter's tokens, and the first mistake that it found. What is read returns false once
/// there is one.
class TokenCursor {
protected:
    explicit TokenCursor(QStringView text)
        : m_text(text)
        , m_tokens(tokensOf(text))
    {
    }

    [[nodiscard]] const Token& token() const { return m_tokens.list[m_at]; }
    [[nodiscard]] const Token& previous() const { return m_tokens.list[m_at == 0 ? 0 : m_at - 1]; }
    [[nodiscard]] QStringView textOf(const Token& token) const { return m_text.sliced(token.at, token.length); }
    [[nodiscard]] bool isWord(QStringView word) const
    {
        return token().kind == TokenKind::Name && textOf(token()) == word;
    }
    [[nodiscard]] TokenKind following() const { return m_tokens.list[qMin(m_at + 1, m_tokens.list.size() - 1)].kind; }
    void advance() { m_at += m_at + 1 < m_tokens.list.size() ? 1 : 0; }
    bool take(TokenKind kind)
    {
        if (token().kind != kind) {
            return false;
        }
        advance();
        return true;
    }

    bool fail(qsizetype at, qsizetype length, const QString& text, const QString& suggestion = {})
    {
        if (!m_mistake) {
            m_mistake = Mistake { at, length, text, suggestion };
        }
        return false;
    }
    /// At the token that is there: what is wrong with it in itself, or that something else is expected.
    bool failHere(const QString& text, const QString& suggestion = {})
    {
        if (token().kind == TokenKind::Bad && m_tokens.mistake) {
            return fail(
                m_tokens.mistake->at, m_tokens.mistake->length, m_tokens.mistake->text, m_tokens.mistake->suggestion);
        }
        return fail(token().at, token().length, text, suggestion);
    }

    QStringView m_text;
    Tokens m_tokens;
    std::size_t m_at = 0;
    std::optional<Mistake> m_mistake;
};

} // namespace sockeye::filter
