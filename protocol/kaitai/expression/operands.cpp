// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/expression/expression_parser.h"
#include "protocol/kaitai/base/words.h"

namespace sockeye::kaitai {

int ExpressionParser::postfix()
{
    int node = atom();
    while (m_token.kind == Token::Kind::Symbol) {
        if (isSymbol(".")) {
            node = afterDot(node);
        } else if (isSymbol("[")) {
            const qsizetype offset = m_token.offset;
            advance();
            const int index = ternary();
            expect("]");
            node = add(Op::Subscript, offset, node, index);
        } else {
            break;
        }
    }
    return node;
}

int ExpressionParser::afterDot(int object)
{
    advance();
    const Token token = m_token;
    if (token.kind != Token::Kind::Name) {
        unexpected(tr("a name"));
        return object;
    }
    advance();
    if (token.text == "as" && accept("<")) {
        ExpressionNode node = named(Op::Cast, token);
        node.a = object;
        node.text = typeName();
        expect(">");
        return add(std::move(node));
    }
    ExpressionNode node = named(isSymbol("(") ? Op::Call : Op::Dot, token);
    node.a = object;
    if (node.op == Op::Call) {
        advance();
        node.list = arguments();
    }
    return add(std::move(node));
}

std::vector<int> ExpressionParser::arguments()
{
    std::vector<int> out;
    if (accept(")")) {
        return out;
    }
    do {
        out.push_back(ternary());
    } while (accept(","));
    expect(")");
    return out;
}

QByteArray ExpressionParser::typeName()
{
    QByteArray out;
    do {
        if (m_token.kind != Token::Kind::Name) {
            unexpected(tr("the name of a type"));
            return out;
        }
        out += (out.isEmpty() ? QByteArray() : QByteArray("::")) + m_token.text;
        advance();
    } while (accept("::"));
    if (accept("[")) {
        expect("]");
        out += "[]";
    }
    return out;
}

int ExpressionParser::atom()
{
    const Token token = m_token;
    switch (token.kind) {
    case Token::Kind::Integer:
        advance();
        return add(named(Op::Integer, token));
    case Token::Kind::Float:
        advance();
        return add(named(Op::Float, token));
    case Token::Kind::Text: {
        advance();
        return add(named(Op::Text, token));
    }
    case Token::Kind::FStringBegin:
        return fstring();
    case Token::Kind::Name:
        return nameOrPath();
    default:
        break;
    }
    if (accept("(")) {
        const int node = ternary();
        expect(")");
        return node;
    }
    if (isSymbol("[")) {
        return list();
    }
    unexpected(tr("a value"));
    return add(Op::Integer, token.offset);
}

int ExpressionParser::nameOrPath()
{
    const Token token = m_token;
    if (token.text == "true" || token.text == "false") {
        advance();
        ExpressionNode node = named(Op::Boolean, token);
        node.flag = token.text == "true";
        return add(std::move(node));
    }
    if (token.text == "not" || token.text == "and" || token.text == "or") {
        unexpected(tr("a value"));
        return add(Op::Integer, token.offset);
    }
    advance();
    if ((token.text == "sizeof" || token.text == "bitsizeof") && accept("<")) {
        ExpressionNode node = named(Op::SizeOfType, token);
        node.inBits = token.text == "bitsizeof";
        node.text = typeName();
        expect(">");
        return add(std::move(node));
    }
    ExpressionNode node = named(Op::Name, token);
    while (accept("::")) {
        node.op = Op::EnumMember;
        if (m_token.kind != Token::Kind::Name) {
            unexpected(tr("the name of an enum or of its member"));
            break;
        }
        node.text += "::" + m_token.text;
        advance();
    }
    return add(std::move(node));
}

int ExpressionParser::fstring()
{
    ExpressionNode node = named(Op::FString, m_token);
    while (m_error.isEmpty()) {
        Token piece;
        piece.kind = Token::Kind::Text;
        piece.offset = m_lexer.position();
        bool ended = false;
        if (!m_lexer.fstringPiece(piece.text, ended)) {
            fail(tr("The string has no closing quote."), node.column - 1);
            break;
        }
        if (!piece.text.isEmpty()) {
            node.list.push_back(add(named(Op::Text, piece)));
        }
        if (ended) {
            advance();
            break;
        }
        advance();
        node.list.push_back(ternary());
        if (!isSymbol("}")) {
            unexpected(tr("“}”"));
            break;
        }
        // What follows is text again: the lexer stands right behind the brace.
    }
    return add(std::move(node));
}

int ExpressionParser::list()
{
    ExpressionNode node = named(Op::List, m_token);
    advance();
    bool isBytes = true;
    if (!accept("]")) {
        do {
            node.list.push_back(ternary());
            const ExpressionNode& element = m_out.nodes.back();
            isBytes =
                isBytes && element.op == Op::Integer && !element.integer.isNegative() && element.integer.bits() <= 0xff;
        } while (accept(","));
        expect("]");
    }
    node.text.clear();
    if (isBytes) {
        node.op = Op::Bytes;
        for (const int element : node.list) {
            node.text += static_cast<char>(m_out.nodes[static_cast<std::size_t>(element)].integer.bits());
        }
        node.list.clear();
    }
    return add(std::move(node));
}

} // namespace sockeye::kaitai
