// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/filter/parser.h"

#include "protocol/filter/lexer.h"
#include "protocol/filter/nearest.h"
#include "protocol/filter/words.h"

#include <QHash>

#include <algorithm>

namespace sockeye::filter {

namespace {

/// A mistake travels up as an empty result; the parser keeps it.
class Parser {
public:
    explicit Parser(QStringView text)
        : m_text(text)
        , m_tokens(tokensOf(text))
    {
    }

    Result<Syntax> parse()
    {
        if (m_text.size() > maxFilterLength) {
            return wrong(maxFilterLength, m_text.size() - maxFilterLength,
                tr("A filter has at most %1 characters.").arg(maxFilterLength));
        }
        if (expression(0) && token().kind != TokenKind::End) {
            behindTest();
        }
        if (m_mistake) {
            return tl::unexpected(*std::move(m_mistake));
        }
        return std::move(m_syntax);
    }

private:
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
        if (isWord(u"not")) {
            return failHere(tr("%1 stands in front of a test: `!(x in {…})`.").arg(quoted(word)));
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

    /// A value that is no path: returns false, without a mistake, where none begins.
    bool literal(Literal& out)
    {
        if (token().kind == TokenKind::Literal || token().kind == TokenKind::Raw) {
            out = token().literal;
        } else if (isWord(u"true") || isWord(u"false")) {
            out.value = Value::boolean(isWord(u"true"));
        } else if (isWord(u"null")) {
            out.value = Value::null();
        } else if (isWord(u"in") || isWord(u"out")) {
            out = textLiteral(textOf(token()).toUtf8());
        } else {
            return false;
        }
        advance();
        return true;
    }

    bool value(ValueSyntax& out, int depth)
    {
        out.place.at = token().at;
        const qsizetype function =
            token().kind == TokenKind::Name ? functionNames().indexOf(textOf(token()).toString()) : -1;
        if (following() == TokenKind::LeftParen && token().kind == TokenKind::Name && !isReserved(textOf(token()))) {
            if (function < 0) {
                const QString meant = nearest(textOf(token()), functionNames());
                return failHere(meant.isEmpty()
                        ? tr("There is no function %1; there are len, lower, count, text, any and all.")
                              .arg(quoted(textOf(token())))
                        : tr("There is no function %1; did you mean %2?").arg(quoted(textOf(token())), quoted(meant)),
                    meant);
            }
            return call(out, static_cast<Function>(function), depth);
        }
        if (literal(out.literal)) {
            out.place.length = previous().end() - out.place.at;
            return true;
        }
        const bool selected = take(TokenKind::Dollar);
        if (token().kind != TokenKind::Name || isReserved(textOf(token()))) {
            return noValue(selected);
        }
        out.path.emplace();
        out.path->selected = selected;
        if (!path(out)) {
            return false;
        }
        out.place.length = previous().end() - out.place.at;
        return true;
    }

    bool noValue(bool selected)
    {
        if (selected) {
            return failHere(tr("The name of a field follows %1, as in `$conn`.").arg(quoted(u"$")));
        }
        if (token().kind == TokenKind::End) {
            return failHere(m_at == 0 ? tr("A test is expected here, such as `size > 100`.")
                                      : tr("The filter ends too soon: a value or a field is expected here."));
        }
        if (token().kind == TokenKind::LeftParen) {
            return failHere(tr("Parentheses stand around tests, not around values."));
        }
        if (token().kind == TokenKind::LeftBrace) {
            return failHere(tr("A set can only follow %1.").arg(quoted(u"in")), {});
        }
        return failHere(tr("%1 cannot stand here: a value or a field is expected.").arg(quoted(textOf(token()))));
    }

    bool call(ValueSyntax& out, Function function, int depth)
    {
        if (depth == maxFilterDepth) {
            return failHere(tr("Functions lie in each other at most %1 deep.").arg(maxFilterDepth));
        }
        const Place place { token().at, token().length };
        const qsizetype begin = out.place.at;
        out.calls.push_back({ function, place });
        advance();
        const Token opening = token();
        advance();
        if (token().kind == TokenKind::RightParen) {
            return failHere(
                tr("%1 needs a value between its parentheses.").arg(quoted(m_text.sliced(place.at, place.length))));
        }
        if (!value(out, depth + 1)) {
            return false;
        }
        if (token().kind == TokenKind::End) {
            return fail(opening.at, 1, tr("This parenthesis is never closed: %1 is missing.").arg(quoted(u")")));
        }
        if (!take(TokenKind::RightParen)) {
            return failHere(tr("%1 cannot stand here: a function takes one value, and `)` is expected. Comparisons "
                               "stand behind it, as in `all(x[*]) > 0`.")
                                .arg(quoted(textOf(token()))));
        }
        out.place = { begin, previous().end() - begin };
        if (token().kind == TokenKind::LeftBracket || token().kind == TokenKind::Dot) {
            return failHere(tr("Only a field has parts: what a function gives has none."));
        }
        return true;
    }

    bool path(ValueSyntax& out)
    {
        PathSyntax& path = *out.path;
        step(path, { Step::Kind::Name, textOf(token()).toUtf8(), 0 }, token().at);
        while (!out.slice) {
            const qsizetype begin = token().at;
            if (take(TokenKind::Dot)) {
                const bool isText = token().kind == TokenKind::Literal && token().literal.value.type == Type::Text;
                if (token().kind != TokenKind::Name && !isText) {
                    return failHere(tr("A name follows the dot; one that begins with a digit stands in quotes: "
                                       "`json.\"2nd\"`."));
                }
                step(path, { Step::Kind::Name, isText ? token().literal.storage : textOf(token()).toUtf8(), 0 }, begin);
            } else if (take(TokenKind::LeftBracket)) {
                if (!brackets(out, begin)) {
                    return false;
                }
            } else {
                return true;
            }
        }
        if (token().kind == TokenKind::Dot || token().kind == TokenKind::LeftBracket) {
            return failHere(tr("A slice has no parts: nothing follows it but an operator."));
        }
        return true;
    }
    void step(PathSyntax& path, Step step, qsizetype begin)
    {
        path.steps.push_back(std::move(step));
        path.places.push_back({ begin, token().end() - begin });
        advance();
    }

    bool brackets(ValueSyntax& out, qsizetype begin)
    {
        Step step;
        if (take(TokenKind::Star)) {
            step.kind = Step::Kind::Each;
        } else if (token().kind == TokenKind::Literal && token().literal.value.type == Type::Number) {
            step.kind = Step::Kind::Index;
            step.index = token().literal.value.integer;
            advance();
            if (take(TokenKind::Colon)) {
                if (token().kind != TokenKind::Literal || token().literal.value.integer <= 0) {
                    return failHere(tr("How many bytes a slice takes follows the colon: `[0:2]` takes two."));
                }
                out.slice = Slice { step.index, token().literal.value.integer, {} };
                advance();
            }
        } else {
            return failHere(tr("A place is expected between the brackets: `[0]`, `[0:2]` or `[*]`."));
        }
        if (token().kind != TokenKind::RightBracket) {
            return failHere(tr("%1 is expected here.").arg(quoted(u"]")));
        }
        if (out.slice) {
            out.slice->place = { begin, token().end() - begin };
            advance();
        } else {
            this->step(*out.path, std::move(step), begin);
        }
        return true;
    }

    QStringView m_text;
    Tokens m_tokens;
    std::size_t m_at = 0;
    int m_last = -1;
    Syntax m_syntax;
    std::optional<Mistake> m_mistake;
};

} // namespace

const QStringList& functionNames()
{
    static const QStringList names { QStringLiteral("len"), QStringLiteral("lower"), QStringLiteral("count"),
        QStringLiteral("text"), QStringLiteral("any"), QStringLiteral("all") };
    return names;
}

bool isReserved(QStringView word)
{
    static constexpr QStringView words[] { u"and", u"or", u"not", u"contains", u"matches", u"in", u"out", u"true",
        u"false", u"null" };
    return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

Result<Syntax> parse(QStringView text)
{
    return Parser(text).parse();
}

} // namespace sockeye::filter
