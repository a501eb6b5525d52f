// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/filter/completion.h"

#include "protocol/filter/lexer.h"
#include "protocol/filter/parser.h"
#include "protocol/filter/words.h"

namespace sockeye::filter {

namespace {

/// What is expected behind the tokens so far.
enum class State : quint8 { Test, Operator, Right, Pattern, Set, SetGoesOn, Join };

/// A path with [*] where it has a place in a list.
QString withoutPlaces(QStringView path)
{
    QString out;
    for (qsizetype i = 0; i < path.size(); ++i) {
        out += path[i];
        const qsizetype end = path[i] == u'[' ? path.indexOf(u']', i) : -1;
        if (end > i) {
            out += u'*';
            i = end - 1;
        }
    }
    return out;
}

class Completer {
public:
    Completer(QStringView text, qsizetype cursor, const Schema& schema)
        : m_text(text)
        , m_cursor(qBound<qsizetype>(0, cursor, text.size()))
        , m_schema(schema)
        , m_tokens(tokensOf(text.first(m_cursor)))
    {
    }

    Completion complete()
    {
        walk();
        switch (m_state) {
        case State::Test:
            addFields();
            addFunctions();
            break;
        case State::Operator:
            addOperators();
            break;
        case State::Right:
            addValues();
            addFields();
            break;
        case State::Set:
            addValues();
            break;
        case State::SetGoesOn:
            add(Candidate::Kind::Operator, QStringLiteral(","), {});
            add(Candidate::Kind::Operator, QStringLiteral("}"), {});
            break;
        case State::Join:
            add(Candidate::Kind::Operator, QStringLiteral("&&"), tr("both"));
            add(Candidate::Kind::Operator, QStringLiteral("||"), tr("one of both"));
            break;
        case State::Pattern:
            break;
        }
        m_out.at = m_begin;
        m_out.length = m_end - m_begin;
        return std::move(m_out);
    }

private:
    [[nodiscard]] const Token& at(std::size_t i) const { return m_tokens.list[i]; }
    [[nodiscard]] QStringView textOf(const Token& token) const { return m_text.sliced(token.at, token.length); }

    /// Goes over what stands before the cursor. What touches it is what is being typed.
    void walk()
    {
        std::size_t i = 0;
        while (at(i).kind != TokenKind::End && at(i).kind != TokenKind::Bad) {
            const std::size_t begin = i;
            const std::size_t first = at(i).kind == TokenKind::Dollar ? i + 1 : i;
            const std::size_t end = at(first).kind == TokenKind::Name && !isWord(at(first)) ? pathEnd(first) : i + 1;
            const bool touches = at(end - 1).end() == m_cursor;
            const bool isWordLike = at(begin).kind == TokenKind::Name || at(begin).kind == TokenKind::Dollar;
            if (touches && isWordLike && at(end).kind == TokenKind::End) {
                typing(at(begin).at);
                return;
            }
            step(first < end ? first : begin, end);
            i = end;
        }
        const bool isBegunText = at(i).kind == TokenKind::Bad && at(i).at < m_cursor && m_text[at(i).at] == u'"';
        typing(isBegunText ? at(i).at : m_cursor);
    }
    void typing(qsizetype begin)
    {
        m_begin = begin;
        m_end = m_cursor;
        while (m_begin < m_cursor && m_end < m_text.size() && isInName(m_text[m_end])) {
            ++m_end;
        }
    }
    [[nodiscard]] QStringView typed() const { return m_text.sliced(m_begin, m_cursor - m_begin); }

    [[nodiscard]] bool isWord(const Token& token) const { return isReserved(textOf(token)); }

    [[nodiscard]] std::size_t pathEnd(std::size_t i) const
    {
        for (++i;; ++i) {
            const TokenKind kind = at(i).kind;
            const bool isPart = kind == TokenKind::Dot || kind == TokenKind::LeftBracket
                || kind == TokenKind::RightBracket || kind == TokenKind::Star || kind == TokenKind::Colon
                || (at(i - 1).kind == TokenKind::Dot && kind == TokenKind::Name)
                || (kind == TokenKind::Literal
                    && (at(i - 1).kind == TokenKind::Dot || at(i - 1).kind == TokenKind::LeftBracket
                        || at(i - 1).kind == TokenKind::Colon));
            if (!isPart) {
                return i;
            }
        }
    }

    void step(std::size_t begin, std::size_t end)
    {
        const Token& token = at(begin);
        const QStringView word = textOf(token);
        const bool isValue = token.kind == TokenKind::Literal || token.kind == TokenKind::Raw
            || (token.kind == TokenKind::Name
                && (!isWord(token) || word == u"true" || word == u"false" || word == u"null"
                    || ((word == u"in" || word == u"out") && m_state != State::Operator)));
        switch (m_state) {
        case State::Test:
            if (isValue && at(end).kind != TokenKind::LeftParen) {
                m_left = withoutPlaces(m_text.sliced(token.at, at(end - 1).end() - token.at));
                m_state = State::Operator;
            }
            break;
        case State::Operator:
            if ((token.kind >= TokenKind::Equal && token.kind <= TokenKind::GreaterEqual) || word == u"contains") {
                m_state = State::Right;
            } else if (token.kind == TokenKind::Tilde || word == u"matches") {
                m_state = State::Pattern;
            } else if (word == u"in") {
                m_state = State::Set;
            } else {
                join(token, word);
            }
            break;
        case State::Right:
        case State::Pattern:
            m_state = isValue && at(end).kind != TokenKind::LeftParen ? State::Join : m_state;
            break;
        case State::Set:
            m_state = isValue ? State::SetGoesOn : m_state;
            break;
        case State::SetGoesOn:
            m_state = token.kind == TokenKind::RightBrace ? State::Join : State::Set;
            break;
        case State::Join:
            join(token, word);
            break;
        }
    }
    void join(const Token& token, QStringView word)
    {
        if (token.kind == TokenKind::And || token.kind == TokenKind::Or || word == u"and" || word == u"or") {
            m_state = State::Test;
        }
    }

    void add(Candidate::Kind kind, const QString& text, const QString& about)
    {
        const Candidate candidate { kind, text, about };
        if (m_out.candidates.size() < maxCandidates && !m_out.candidates.contains(candidate)) {
            m_out.candidates.append(candidate);
        }
    }

    /// Names that begin with what is typed; what is typed keeps its places in lists.
    void addFields()
    {
        const bool selected = typed().startsWith(u'$');
        const QStringView begun = typed().sliced(selected ? 1 : 0);
        const QString wanted = withoutPlaces(begun);
        const QString before = (selected ? QStringLiteral("$") : QString()) + begun;
        const auto offer = [&](const QString& path, const QString& about) {
            if (path.startsWith(wanted, Qt::CaseInsensitive)) {
                const bool asTyped = path.startsWith(wanted);
                add(Candidate::Kind::Field,
                    asTyped ? QString(before + path.sliced(wanted.size()))
                            : QString((selected ? QStringLiteral("$") : QString()) + path),
                    about);
            }
        };
        for (const FieldInfo& field : m_schema.fields) {
            if (!field.name.isEmpty()) {
                offer(field.name, field.about);
            }
        }
        for (const QString& name : m_schema.messageNames.value_or(QStringList())) {
            offer(nameInPath(name), {});
        }
        for (const OccurringField& field : m_schema.occurring.value_or(QList<OccurringField>())) {
            if (m_schema.indexOf(field.path) < 0
                && !m_schema.messageNames.value_or(QStringList()).contains(field.path)) {
                offer(field.path, {});
            }
        }
    }

    void addFunctions()
    {
        const QStringList about { tr("how long it is"), tr("in lower case"), tr("how many there are"), tr("as text"),
            tr("one suffices"), tr("every one") };
        for (qsizetype i = 0; i < functionNames().size(); ++i) {
            if (functionNames()[i].startsWith(typed(), Qt::CaseInsensitive)) {
                add(Candidate::Kind::Function, QString(functionNames()[i] + u'('), about[i]);
            }
        }
    }

    [[nodiscard]] const FieldInfo* leftField() const
    {
        const int index = m_schema.indexOf(m_left);
        return index >= 0 ? &m_schema.fields[index] : nullptr;
    }

    void addOperators()
    {
        const FieldInfo* const field = leftField();
        const Type type = field != nullptr && field->kind == FieldInfo::Kind::Value ? field->type : Type::Any;
        const auto offer = [this](const char16_t* sign, const QString& about) {
            const QString text = QString::fromUtf16(sign);
            if (text.startsWith(typed())) {
                add(Candidate::Kind::Operator, text, about);
            }
        };
        offer(u"==", tr("is"));
        offer(u"!=", tr("is not"));
        if (type != Type::Boolean && type != Type::Address && type != Type::Text) {
            offer(u"<", tr("is less than"));
            offer(u"<=", tr("is at most"));
            offer(u">", tr("is more than"));
            offer(u">=", tr("is at least"));
        }
        if (type == Type::Text || type == Type::Bytes || type == Type::Address || type == Type::Any) {
            offer(u"contains", tr("holds somewhere"));
            offer(u"~", tr("fits a regular expression"));
        }
        offer(u"in", tr("is one of {…}"));
        offer(u"&&", tr("both"));
        offer(u"||", tr("one of both"));
    }

    void addValues()
    {
        const auto offer = [this](const QString& text) {
            const QStringView begun = typed();
            if (text.startsWith(begun, Qt::CaseInsensitive)
                || (text.startsWith(u'"') && QStringView(text).sliced(1).startsWith(begun, Qt::CaseInsensitive))) {
                add(Candidate::Kind::Value, text, {});
            }
        };
        if (const FieldInfo* const field = leftField()) {
            for (const QString& value : field->values) {
                const bool isWordOfItsOwn = value == u"in" || value == u"out";
                offer(isWordOfItsOwn ? value : QString(u'"' + value + u'"'));
            }
            if (field->kind == FieldInfo::Kind::Flag) {
                offer(QStringLiteral("true"));
                offer(QStringLiteral("false"));
            }
        }
        for (const OccurringField& field : m_schema.occurring.value_or(QList<OccurringField>())) {
            if (field.path == m_left) {
                for (const QString& value : field.values) {
                    offer(value);
                }
            }
        }
    }

    QStringView m_text;
    qsizetype m_cursor;
    const Schema& m_schema;
    Tokens m_tokens;
    State m_state = State::Test;
    QString m_left; ///< of the test that is begun
    qsizetype m_begin = 0;
    qsizetype m_end = 0;
    Completion m_out;
};

} // namespace

Completion complete(QStringView text, qsizetype cursor, const Schema& schema)
{
    return Completer(text, cursor, schema).complete();
}

} // namespace sockeye::filter
