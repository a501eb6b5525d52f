// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/filter/value_parser.h"

#include "protocol/filter/nearest.h"
#include "protocol/filter/parser.h"
#include "protocol/filter/words.h"

#include <algorithm>

namespace sockeye::filter {

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

bool ValueParser::literal(Literal& out)
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

bool ValueParser::value(ValueSyntax& out, int depth)
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

bool ValueParser::noValue(bool selected)
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

bool ValueParser::call(ValueSyntax& out, Function function, int depth)
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

bool ValueParser::path(ValueSyntax& out)
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

void ValueParser::step(PathSyntax& path, Step step, qsizetype begin)
{
    path.steps.push_back(std::move(step));
    path.places.push_back({ begin, token().end() - begin });
    advance();
}

bool ValueParser::brackets(ValueSyntax& out, qsizetype begin)
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

} // namespace sockeye::filter
