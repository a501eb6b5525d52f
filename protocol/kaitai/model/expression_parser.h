// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/model/lexer.h"
#include "protocol/kaitai/model/parser.h"

#include <vector>

namespace sockeye::kaitai {

/// Recursive descent, one function a level of precedence. After a failure nothing more is read: the token is End.
class ExpressionParser {
public:
    explicit ExpressionParser(QByteArrayView text)
        : m_text(text)
        , m_lexer(text)
    {
        advance();
    }

    tl::expected<Expression, QString> whole();

    tl::expected<NamedCall, QString> call();

private:
    Expression expression();
    int ternary();
    int disjunction();
    int conjunction();
    int negation();
    int comparison();
    int binary(std::size_t level);
    int unary();
    int postfix();
    int afterDot(int object);
    int atom();
    int nameOrPath();
    int fstring();
    int list();
    std::vector<int> arguments();
    QByteArray typeName();

    void advance()
    {
        m_token = m_lexer.next();
        if (m_token.kind == Token::Kind::Bad) {
            fail(QString::fromUtf8(m_token.text), m_token.offset);
        }
    }
    [[nodiscard]] bool isSymbol(const char* symbol) const
    {
        return m_token.kind == Token::Kind::Symbol && m_token.text == symbol;
    }
    [[nodiscard]] bool isWord(const char* word) const
    {
        return m_token.kind == Token::Kind::Name && m_token.text == word;
    }
    bool accept(const char* symbol)
    {
        if (!isSymbol(symbol)) {
            return false;
        }
        advance();
        return true;
    }
    void expect(const char* symbol)
    {
        if (!accept(symbol)) {
            unexpected(QString(u'“' + QString::fromUtf8(symbol) + u'”'));
        }
    }
    void fail(const QString& why, qsizetype offset);
    void unexpected(const QString& expected);

    int add(ExpressionNode node);
    int add(Op op, qsizetype offset, int a = -1, int b = -1, int c = -1);
    static ExpressionNode named(Op op, const Token& token);

    QByteArrayView m_text;
    Lexer m_lexer;
    Token m_token;
    QString m_error;
    Expression m_out;
    std::vector<int> m_depths; ///< of the trees below the nodes
    int m_nesting = 0;
};

} // namespace sockeye::kaitai
