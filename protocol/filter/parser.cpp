// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/filter/parser.h"

#include "protocol/filter/nearest.h"
#include "protocol/filter/value_parser.h"
#include "protocol/filter/words.h"

#include <QHash>

namespace sockeye::filter {

namespace {

/// Expressions and tests. A mistake travels up as false.
class Parser : private ValueParser {
public:
    explicit Parser(QStringView text)
        : ValueParser(text)
    {
    }

    Result<Syntax> parse()
    {
        if (expression(0) && token().kind != TokenKind::End) {
            behindTest();
        }
        if (m_mistake) {
            return tl::unexpected(*std::move(m_mistake));
        }
        return std::move(m_syntax);
    }

private:
    int add(Syntax::Node::Kind kind, int left, int right = -1)
    {
        m_syntax.nodes.push_back({ kind, left, right });
        return m_last = static_cast<int>(m_syntax.nodes.size()) - 1;
    }

    // Each of these leaves its node in m_last.

    bool expression(int depth)
    {
        if (!conjunction(depth)) {
            return false;
        }
        int left = m_last;
        while (token().kind == TokenKind::Or || isWord(u"or")) {
            advance();
            if (!conjunction(depth)) {
                return false;
            }
            left = add(Syntax::Node::Kind::Or, left, m_last);
        }
        return true;
    }

    bool conjunction(int depth)
    {
        if (!negation(depth)) {
            return false;
        }
        int left = m_last;
        while (token().kind == TokenKind::And || isWord(u"and")) {
            advance();
            if (!negation(depth)) {
                return false;
            }
            left = add(Syntax::Node::Kind::And, left, m_last);
        }
        return true;
    }

    bool negation(int depth)
    {
        const bool negative = token().kind == TokenKind::Not || isWord(u"not");
        if (negative) {
            advance();
            if (token().kind == TokenKind::Not || isWord(u"not")) {
                return fail(previous().at, token().end() - previous().at,
                    tr("Two negations in a row mean nothing: leave both out."), QStringLiteral(""));
            }
        }
        if (token().kind == TokenKind::LeftParen) {
            if (depth == maxFilterDepth) {
                return failHere(tr("Parentheses lie in each other at most %1 deep.").arg(maxFilterDepth));
            }
            const Token opening = token();
            advance();
            if (!expression(depth + 1)) {
                return false;
            }
            if (token().kind == TokenKind::End) {
                return fail(opening.at, 1, tr("This parenthesis is never closed: %1 is missing.").arg(quoted(u")")));
            }
            if (!take(TokenKind::RightParen)) {
                return behindTest();
            }
        } else if (!test()) {
            return false;
        }
        if (negative) {
            add(Syntax::Node::Kind::Not, m_last);
        }
        return true;
    }

    /// Something stands behind a whole test that cannot go on there.
    bool behindTest()
    {
        const QStringView word = textOf(token());
        if (token().kind == TokenKind::RightParen) {
            return failHere(tr("No parenthesis is open that this one could close."));
        }
        if (isWord(u"not")) {
            return failHere(tr("%1 stands in front of a test: `!(x in {…})`.").arg(quoted(word)));
        }
        if (token().kind == TokenKind::Name) {
            static const QHash<QString, QString> otherWords {
                { QStringLiteral("eq"), QStringLiteral("==") },
                { QStringLiteral("ne"), QStringLiteral("!=") },
                { QStringLiteral("lt"), QStringLiteral("<") },
                { QStringLiteral("le"), QStringLiteral("<=") },
                { QStringLiteral("gt"), QStringLiteral(">") },
                { QStringLiteral("ge"), QStringLiteral(">=") },
                { QStringLiteral("is"), QStringLiteral("==") },
                { QStringLiteral("like"), QStringLiteral("~") },
                { QStringLiteral("has"), QStringLiteral("contains") },
                { QStringLiteral("includes"), QStringLiteral("contains") },
            };
            const QString habit = otherWords.value(word.toString().toLower());
            const QString meant = !habit.isEmpty()
                ? habit
                : nearest(word,
                    { QStringLiteral("and"), QStringLiteral("or"), QStringLiteral("contains"),
                        QStringLiteral("matches"), QStringLiteral("in") });
            if (!meant.isEmpty() && meant != word) {
                return failHere(tr("%1 is no operator; did you mean %2?").arg(quoted(word), quoted(meant)), meant);
            }
        }
        return failHere(tr("%1 cannot stand here: `&&`, `||` or the end of the filter is expected.").arg(quoted(word)));
    }

    bool test()
    {
        TestSyntax test;
        if (!value(test.left, 0)) {
            return false;
        }
        test.operatorPlace = { token().at, token().length };
        const auto comparison = [this]() -> std::optional<Operation> {
            switch (token().kind) {
            case TokenKind::Equal:
                return Operation::Equal;
            case TokenKind::NotEqual:
                return Operation::NotEqual;
            case TokenKind::Less:
                return Operation::Less;
            case TokenKind::LessEqual:
                return Operation::LessEqual;
            case TokenKind::Greater:
                return Operation::Greater;
            case TokenKind::GreaterEqual:
                return Operation::GreaterEqual;
            case TokenKind::Name:
                return isWord(u"contains") ? std::optional(Operation::Contains) : std::nullopt;
            default:
                return std::nullopt;
            }
        }();
        bool isRight = true;
        if (comparison) {
            test.operation = *comparison;
            advance();
            isRight = value(test.right, 0);
            test.rightPlace = test.right.place;
            if (isRight && isComparison(token().kind)) {
                return failHere(tr("Comparisons cannot be chained: write `a < b && b < c`."));
            }
        } else if (token().kind == TokenKind::Tilde || isWord(u"matches")) {
            test.operation = Operation::Matches;
            advance();
            isRight = pattern(test);
        } else if (isWord(u"in")) {
            test.operation = Operation::In;
            advance();
            isRight = set(test);
        }
        if (!isRight) {
            return false;
        }
        m_syntax.tests.push_back(std::move(test));
        add(Syntax::Node::Kind::Test, static_cast<int>(m_syntax.tests.size()) - 1);
        return true;
    }
    [[nodiscard]] static bool isComparison(TokenKind kind)
    {
        return kind >= TokenKind::Equal && kind <= TokenKind::GreaterEqual;
    }

    bool pattern(TestSyntax& test)
    {
        const bool isText = token().kind == TokenKind::Raw
            || (token().kind == TokenKind::Literal && token().literal.value.type == Type::Text);
        if (!isText) {
            return failHere(tr("A regular expression is expected here: \"text\" or r\"text\"."));
        }
        test.pattern = token().literal;
        test.rightPlace = { token().at, token().length };
        advance();
        return true;
    }

    bool set(TestSyntax& test)
    {
        const Token opening = token();
        if (!take(TokenKind::LeftBrace)) {
            return failHere(tr("A set is expected here: {1, 3, 10..20}."));
        }
        if (token().kind == TokenKind::RightBrace) {
            return failHere(tr("An empty set holds nothing: at least one value is expected."));
        }
        do {
            SetItem item;
            item.place.at = token().at;
            if (!literal(item.first)) {
                return setMistake(opening);
            }
            if (take(TokenKind::Range)) {
                item.last.emplace();
                if (!literal(*item.last)) {
                    return setMistake(opening);
                }
            }
            item.place.length = previous().end() - item.place.at;
            test.set.push_back(std::move(item));
        } while (take(TokenKind::Comma));
        if (token().kind == TokenKind::End) {
            return fail(opening.at, 1, tr("This set is never closed: %1 is missing.").arg(quoted(u"}")));
        }
        if (!take(TokenKind::RightBrace)) {
            return failHere(tr("%1 cannot stand here: `,` or `}` is expected.").arg(quoted(textOf(token()))));
        }
        test.rightPlace = { opening.at, previous().end() - opening.at };
        return true;
    }
    bool setMistake(const Token& opening)
    {
        if (token().kind == TokenKind::End) {
            return fail(opening.at, 1, tr("This set is never closed: %1 is missing.").arg(quoted(u"}")));
        }
        if (token().kind == TokenKind::Name) {
            const QString text = u'"' + textOf(token()).toString() + u'"';
            return failHere(tr("A set holds values, not fields; did you mean %1?").arg(quoted(text)), text);
        }
        return failHere(tr("A value is expected here, such as 7, \"text\" or 10.0.0.0/8."));
    }

    int m_last = -1;
    Syntax m_syntax;
};

} // namespace

Result<Syntax> parse(QStringView text)
{
    if (text.size() > maxFilterLength) {
        return wrong(maxFilterLength, text.size() - maxFilterLength,
            tr("A filter has at most %1 characters.").arg(maxFilterLength));
    }
    return Parser(text).parse();
}

} // namespace sockeye::filter
