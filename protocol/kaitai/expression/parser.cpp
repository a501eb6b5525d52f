// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/expression/parser.h"

#include "protocol/kaitai/expression/expression_parser.h"
#include "protocol/kaitai/base/words.h"

#include <algorithm>
#include <array>

namespace sockeye::kaitai {

namespace {

constexpr qsizetype maxExpressionText = 16 * 1024;
constexpr int maxExpressionDepth = 200;

} // namespace

tl::expected<Expression, QString> ExpressionParser::whole()
{
    Expression out = expression();
    if (m_error.isEmpty() && m_token.kind != Token::Kind::End) {
        unexpected(tr("an operator or the end"));
    }
    if (!m_error.isEmpty()) {
        return tl::unexpected(m_error);
    }
    return out;
}

void ExpressionParser::fail(const QString& why, qsizetype offset)
{
    if (m_error.isEmpty()) {
        m_error =
            tr("The expression %1 is wrong at column %2: %3").arg(quoted(m_text), QString::number(offset + 1), why);
    }
    m_token = {};
    m_token.offset = m_text.size();
    m_lexer.setPosition(m_text.size());
}

void ExpressionParser::unexpected(const QString& expected)
{
    const bool ended = m_token.kind == Token::Kind::End;
    const qsizetype at = m_token.offset;
    const QByteArrayView rest = m_text.sliced(std::min(at, m_text.size()));
    const bool likeC = rest.startsWith('&') || rest.startsWith('|');
    fail(ended ? tr("%1 was expected, but it ends here.").arg(expected)
            : likeC
            ? tr("%1 was expected, not %2; did you mean “and” or “or”?").arg(expected, quoted(rest.first(1)))
            : tr("%1 was expected, not %2.").arg(expected, quoted(rest.first(std::min<qsizetype>(12, rest.size())))),
        at);
}

int ExpressionParser::add(ExpressionNode node)
{
    int depth = 0;
    const auto look = [&](int operand) {
        if (operand >= 0) {
            depth = std::max(depth, m_depths[static_cast<std::size_t>(operand)]);
        }
    };
    look(node.a);
    look(node.b);
    look(node.c);
    std::for_each(node.list.begin(), node.list.end(), look);
    if (depth + 1 > maxExpressionDepth) {
        fail(tr("It is nested too deep."), m_token.offset);
        depth = 0;
    }
    m_out.nodes.push_back(std::move(node));
    m_depths.push_back(depth + 1);
    return m_out.root();
}

int ExpressionParser::add(Op op, qsizetype offset, int a, int b, int c)
{
    ExpressionNode node;
    node.op = op;
    node.column = static_cast<int>(offset) + 1;
    node.a = a;
    node.b = b;
    node.c = c;
    return add(std::move(node));
}

ExpressionNode ExpressionParser::named(Op op, const Token& token)
{
    ExpressionNode node;
    node.op = op;
    node.column = static_cast<int>(token.offset) + 1;
    node.text = token.text;
    node.integer = token.integer;
    node.number = token.number;
    return node;
}

Expression ExpressionParser::expression()
{
    Expression outer;
    std::swap(outer, m_out);
    std::vector<int> outerDepths;
    std::swap(outerDepths, m_depths);
    const qsizetype begin = m_token.offset;
    ternary();
    m_out.text = m_text.sliced(begin, std::max<qsizetype>(0, std::min(m_token.offset, m_text.size()) - begin))
                     .toByteArray()
                     .trimmed();
    std::swap(outer, m_out);
    std::swap(outerDepths, m_depths);
    return outer;
}

int ExpressionParser::ternary()
{
    if (++m_nesting > maxExpressionDepth / 2) {
        fail(tr("It is nested too deep."), m_token.offset);
    }
    int node = disjunction();
    if (isSymbol("?")) {
        const qsizetype offset = m_token.offset;
        advance();
        const int yes = ternary();
        expect(":");
        const int no = ternary();
        node = add(Op::Ternary, offset, node, yes, no);
    }
    --m_nesting;
    return node;
}

int ExpressionParser::disjunction()
{
    int node = conjunction();
    while (isWord("or")) {
        const qsizetype offset = m_token.offset;
        advance();
        const int right = conjunction();
        node = add(Op::Or, offset, node, right);
    }
    return node;
}

int ExpressionParser::conjunction()
{
    int node = negation();
    while (isWord("and")) {
        const qsizetype offset = m_token.offset;
        advance();
        const int right = negation();
        node = add(Op::And, offset, node, right);
    }
    return node;
}

int ExpressionParser::negation()
{
    std::vector<qsizetype> offsets;
    while (isWord("not")) {
        offsets.push_back(m_token.offset);
        advance();
    }
    int node = comparison();
    for (auto offset = offsets.rbegin(); offset != offsets.rend(); ++offset) {
        node = add(Op::Not, *offset, node);
    }
    return node;
}

int ExpressionParser::comparison()
{
    const int left = binary(0);
    static constexpr std::array<std::pair<const char*, Op>, 6> operators { { { "==", Op::Equal },
        { "!=", Op::NotEqual }, { "<=", Op::LessEqual }, { ">=", Op::GreaterEqual }, { "<", Op::Less },
        { ">", Op::Greater } } };
    for (const auto& [symbol, op] : operators) {
        if (isSymbol(symbol)) {
            const qsizetype offset = m_token.offset;
            advance();
            const int right = binary(0);
            return add(op, offset, left, right);
        }
    }
    return left;
}

int ExpressionParser::binary(std::size_t level)
{
    struct Operator {
        std::size_t level;
        const char* symbol;
        Op op;
    };
    static constexpr std::array<Operator, 10> operators { { { 0, "|", Op::BitOr }, { 1, "^", Op::BitXor },
        { 2, "&", Op::BitAnd }, { 3, "<<", Op::ShiftLeft }, { 3, ">>", Op::ShiftRight }, { 4, "+", Op::Add },
        { 4, "-", Op::Subtract }, { 5, "*", Op::Multiply }, { 5, "/", Op::Divide }, { 5, "%", Op::Modulo } } };
    constexpr std::size_t levels = 6;
    if (level == levels) {
        return unary();
    }
    int node = binary(level + 1);
    while (m_token.kind == Token::Kind::Symbol) {
        const auto* found = std::find_if(operators.begin(), operators.end(),
            [&](const Operator& candidate) { return candidate.level == level && m_token.text == candidate.symbol; });
        if (found == operators.end()) {
            break;
        }
        const qsizetype offset = m_token.offset;
        advance();
        const int right = binary(level + 1);
        node = add(found->op, offset, node, right);
    }
    return node;
}

int ExpressionParser::unary()
{
    std::vector<std::pair<Op, qsizetype>> operators;
    while (isSymbol("-") || isSymbol("~") || isSymbol("+")) {
        if (!isSymbol("+")) {
            operators.emplace_back(isSymbol("-") ? Op::Negate : Op::Invert, m_token.offset);
        }
        advance();
    }
    int node = postfix();
    for (auto it = operators.rbegin(); it != operators.rend(); ++it) {
        ExpressionNode& operand = m_out.nodes.back();
        // A literal with its sign is a literal: the smallest integer has no positive counterpart.
        if (it->first == Op::Negate && operand.op == Op::Integer && node == m_out.root()) {
            if (const auto negative = Integer::fromWide(-operand.integer.wide())) {
                operand.integer = *negative;
                continue;
            }
        }
        node = add(it->first, it->second, node);
    }
    return node;
}

tl::expected<NamedCall, QString> ExpressionParser::call()
{
    NamedCall out;
    while (m_error.isEmpty()) {
        if (m_token.kind != Token::Kind::Name) {
            unexpected(tr("a name"));
            break;
        }
        out.name += m_token.text;
        advance();
        if (!isSymbol("::") && !isSymbol(".")) {
            break;
        }
        out.name += m_token.text;
        advance();
    }
    if (accept("(")) {
        out.hasParentheses = true;
        if (!accept(")")) {
            do {
                out.arguments.push_back(expression());
            } while (accept(","));
            expect(")");
        }
    }
    if (accept("[")) {
        expect("]");
        out.isArray = true;
    }
    if (m_error.isEmpty() && m_token.kind != Token::Kind::End) {
        unexpected(tr("the end"));
    }
    if (!m_error.isEmpty()) {
        return tl::unexpected(m_error);
    }
    return out;
}

namespace {

QString tooLong()
{
    return tr("The expression is longer than %1 bytes.").arg(maxExpressionText);
}

} // namespace

tl::expected<Expression, QString> parseExpression(QByteArrayView text)
{
    if (text.size() > maxExpressionText) {
        return tl::unexpected(tooLong());
    }
    return ExpressionParser(text).whole();
}

tl::expected<NamedCall, QString> parseCall(QByteArrayView text)
{
    if (text.size() > maxExpressionText) {
        return tl::unexpected(tooLong());
    }
    return ExpressionParser(text).call();
}

bool isIdentifier(QByteArrayView name)
{
    return !name.isEmpty() && name[0] >= 'a' && name[0] <= 'z' && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

} // namespace sockeye::kaitai
