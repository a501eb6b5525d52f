// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/filter/lexer.h"

#include "protocol/filter/literal_lexer.h"
#include "protocol/filter/words.h"

namespace sockeye::filter {

namespace {

struct Sign {
    QStringView text;
    TokenKind kind = TokenKind::Bad;
};

// The longer ones first.
constexpr Sign signs[] = {
    { u"==", TokenKind::Equal },
    { u"!=", TokenKind::NotEqual },
    { u"<=", TokenKind::LessEqual },
    { u">=", TokenKind::GreaterEqual },
    { u"&&", TokenKind::And },
    { u"||", TokenKind::Or },
    { u"..", TokenKind::Range },
    { u"<", TokenKind::Less },
    { u">", TokenKind::Greater },
    { u"!", TokenKind::Not },
    { u"~", TokenKind::Tilde },
    { u"(", TokenKind::LeftParen },
    { u")", TokenKind::RightParen },
    { u"[", TokenKind::LeftBracket },
    { u"]", TokenKind::RightBracket },
    { u"{", TokenKind::LeftBrace },
    { u"}", TokenKind::RightBrace },
    { u",", TokenKind::Comma },
    { u".", TokenKind::Dot },
    { u":", TokenKind::Colon },
    { u"*", TokenKind::Star },
    { u"$", TokenKind::Dollar },
};

/// What people write out of habit from other languages.
struct Habit {
    QStringView text;
    QStringView meant;
};
constexpr Habit habits[] = {
    { u"===", u"==" },
    { u"!==", u"!=" },
    { u"=~", u"~" },
    { u"!~", u"!(… ~ …)" },
    { u"<>", u"!=" },
    { u"=<", u"<=" },
    { u"=>", u">=" },
    { u"≠", u"!=" },
    { u"≤", u"<=" },
    { u"≥", u">=" },
    { u"=", u"==" },
    { u"&", u"&&" },
    { u"|", u"||" },
};

class Lexer {
public:
    explicit Lexer(QStringView text)
        : m_text(text)
    {
    }

    Tokens all()
    {
        while (!m_tokens.mistake) {
            while (m_at < m_text.size() && m_text[m_at].isSpace()) {
                ++m_at;
            }
            if (m_at == m_text.size()) {
                add({ TokenKind::End, m_at, 0, {} });
                break;
            }
            next();
        }
        return std::move(m_tokens);
    }

private:
    void add(Token token)
    {
        m_at = token.end();
        m_tokens.list.push_back(std::move(token));
    }
    void add(Result<Token> token)
    {
        if (token) {
            add(*std::move(token));
        } else {
            fail(std::move(token.error()));
        }
    }
    void fail(Mistake mistake)
    {
        m_tokens.list.push_back({ TokenKind::Bad, mistake.at, mistake.length, {} });
        m_tokens.mistake = std::move(mistake);
    }
    [[nodiscard]] QStringView rest() const { return m_text.sliced(m_at); }
    [[nodiscard]] bool afterDot() const
    {
        return !m_tokens.list.empty() && m_tokens.list.back().kind == TokenKind::Dot;
    }

    void next()
    {
        const QChar c = m_text[m_at];
        if (c == u'"') {
            add(readText(m_text, m_at));
        } else if (c == u'r' && rest().startsWith(u"r\"")) {
            add(readRaw(m_text, m_at));
        } else if (afterDot() && c.isDigit()) {
            fail({ m_at, 1,
                tr("A name follows the dot; one that begins with a digit stands in quotes: `json.\"2nd\"`."), {} });
        } else if (m_inBrackets && (c.isDigit() || c == u'-')) {
            add(readIndex(m_text, m_at));
        } else if (auto plain = afterDot() || m_inBrackets ? std::nullopt : readPlain(m_text, m_at)) {
            add(*std::move(plain));
        } else if (beginsName(c)) {
            qsizetype end = m_at + 1;
            while (end < m_text.size() && isInName(m_text[end])) {
                ++end;
            }
            add({ TokenKind::Name, m_at, end - m_at, {} });
        } else {
            sign();
        }
    }

    void sign()
    {
        for (const Habit& habit : habits) {
            if (rest().startsWith(habit.text) && !isSign(habit.text)) {
                fail({ m_at, habit.text.size(),
                    tr("There is no %1; did you mean %2?").arg(quoted(habit.text), quoted(habit.meant)),
                    habit.meant.contains(u'…') ? QString() : habit.meant.toString() });
                return;
            }
        }
        for (const Sign& each : signs) {
            if (rest().startsWith(each.text)) {
                m_inBrackets =
                    each.kind == TokenKind::LeftBracket || (m_inBrackets && each.kind != TokenKind::RightBracket);
                add({ each.kind, m_at, each.text.size(), {} });
                return;
            }
        }
        foreign();
    }
    /// "=" begins "==", which is one; "==" begins "===", which is none.
    [[nodiscard]] bool isSign(QStringView habit) const
    {
        const QStringView longer = rest().first(qMin(rest().size(), habit.size() + 1));
        return longer == u"==" || longer == u"&&" || longer == u"||";
    }

    void foreign()
    {
        const QChar c = m_text[m_at];
        if (QStringView(u"'‘’“”„«»`").contains(c)) {
            const qsizetype end = closing(c);
            const QString inner = m_text.sliced(m_at + 1, end - m_at - 1).toString();
            fail({ m_at, end - m_at + (end < m_text.size() ? 1 : 0), tr("Text stands in plain double quotes: \"…\"."),
                inner.contains(u'"') ? QString() : QString(u'"' + inner + u'"') });
        } else if (QStringView(u"+/%^").contains(c)) {
            fail({ m_at, 1, tr("There is no arithmetic: %1 cannot stand here.").arg(quoted(m_text.sliced(m_at, 1))),
                {} });
        } else {
            const qsizetype size = c.isHighSurrogate() && m_at + 1 < m_text.size() ? 2 : 1;
            fail({ m_at, size, tr("%1 means nothing in a filter.").arg(quoted(m_text.sliced(m_at, size))), {} });
        }
    }
    [[nodiscard]] qsizetype closing(QChar opening) const
    {
        const QStringView ends = opening == u'“' || opening == u'„' ? QStringView(u"”“")
            : opening == u'‘'                                       ? QStringView(u"’")
            : opening == u'«'                                       ? QStringView(u"»")
                                                                    : QStringView(&opening, 1);
        qsizetype end = m_at + 1;
        while (end < m_text.size() && !ends.contains(m_text[end])) {
            ++end;
        }
        return end;
    }

    QStringView m_text;
    qsizetype m_at = 0;
    bool m_inBrackets = false;
    Tokens m_tokens;
};

} // namespace

bool beginsName(QChar c)
{
    return c.isLetter() || c == u'_';
}

bool isInName(QChar c)
{
    return c.isLetter() || (c >= u'0' && c <= u'9') || c == u'_' || c == u'-';
}

Tokens tokensOf(QStringView text)
{
    return Lexer(text).all();
}

} // namespace sockeye::filter
