// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>
#include <QString>

#include <array>

namespace sockeye::json {

/// Why a text is not acceptable JSON.
struct Problem {
    enum class Kind : quint8 { None, NotUtf8, NotJson, TooDeep };
    Kind kind = Kind::None;
    qsizetype offset = 0; ///< of the first byte that cannot stand where it stands; the text's size if it ends too soon
    QString expected;
    QString found;
};

enum class Token : quint8 {
    ObjectBegin,
    ObjectEnd,
    ArrayBegin,
    ArrayEnd,
    Key, ///< quotes included
    String, ///< quotes included
    Number,
    Literal, ///< true, false, null
    End, ///< the text is one whole JSON value
    Failed, ///< problem() says why; nothing follows
};

/// Walks over JSON text token by token, with the exact place of each: what simdjson does not tell (where a token
/// begins and ends, where an error is), in constant memory. Strict: accepts what RFC 8259 does, with numbers of any
/// size. Whether the text is UTF-8 is the caller's to check.
///
/// Commas, colons and white space lie between tokens. The text must outlive the scanner.
class Scanner {
public:
    static constexpr int depthCapacity = 1024; ///< deeper limits are cut down to this one

    explicit Scanner(QByteArrayView utf8, int maxDepth = depthCapacity);

    Token next();
    /// Leaves the innermost object or array that is open: the next token is what follows it. For those who want only
    /// the outermost level.
    Token skipContainer();
    /// Goes on to where `depth` objects and arrays are open, for a text that is known to be right: looks at brackets
    /// and quotes alone, several times as fast. False if the text ends before, which it then does for next() as well.
    bool leaveUnchecked(int depth);

    [[nodiscard]] qsizetype begin() const { return m_begin; } ///< of the token that next() returned
    [[nodiscard]] qsizetype end() const { return m_pos; } ///< one past it
    [[nodiscard]] QByteArrayView text() const { return m_text.sliced(m_begin, m_pos - m_begin); }
    /// Whether the Key or String that next() returned last holds a backslash.
    [[nodiscard]] bool hasEscapes() const { return m_hasEscapes; }
    [[nodiscard]] int depth() const { return m_depth; } ///< objects and arrays that are open

    [[nodiscard]] const Problem& problem() const { return m_problem; }
    /// After Failed: the kind of the token in which it happened; End if it was between tokens. It begins at begin().
    [[nodiscard]] Token failedToken() const { return m_failedToken; }
    /// After Failed: whether the text was right as far as it went.
    [[nodiscard]] bool endedTooSoon() const
    {
        return m_problem.kind == Problem::Kind::NotJson && m_problem.offset >= m_text.size();
    }

private:
    enum class State : quint8 { Value, FirstValue, FirstKey, Key, Colon, AfterValue, Failed };

    Token value();
    Token open(bool object);
    Token close();
    Token string(Token token);
    Token number();
    Token literal();
    Token fail(Token token, qsizetype offset, const char* expected);
    bool escape();
    void skipPlain();
    void skipSpace()
    {
        while (current() == ' ' || current() == '\n' || current() == '\r' || current() == '\t') {
            ++m_pos;
        }
    }
    [[nodiscard]] char current() const { return m_pos < m_text.size() ? m_text[m_pos] : '\0'; }
    [[nodiscard]] bool inObject() const
    {
        const auto level = static_cast<size_t>(m_depth - 1);
        return ((m_objects[level / 64] >> (level % 64)) & 1) != 0;
    }

    QByteArrayView m_text;
    qsizetype m_pos = 0;
    qsizetype m_begin = 0;
    int m_depth = 0;
    int m_maxDepth = 0;
    State m_state = State::Value;
    Token m_failedToken = Token::End;
    bool m_hasEscapes = false;
    std::array<quint64, depthCapacity / 64> m_objects {}; ///< a bit for each open container: object or array
    Problem m_problem;
};

} // namespace sockeye::json
