// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/bytesearch/byte_sieve.h"

namespace sockeye {

namespace {

constexpr qsizetype longestExpression = 256;
// A repetition takes as many states as it says, and one inside of another as many as both say.
constexpr int mostRepeated = 64;
constexpr int mostRepetitions = 3;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isHexDigit(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Goes over an expression that RE2 knows.
class SieveReader {
public:
    explicit SieveReader(QByteArrayView text)
        : m_text(text)
    {
    }

    bool isUsual()
    {
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            m_hasHighBytes = m_hasHighBytes || static_cast<quint8>(c) >= 0x80;
            const bool isKnown = c == '\\' ? escape()
                : c == '{'                 ? repetition()
                : c == '('                 ? group()
                : c == '['                 ? set()
                                           : static_cast<quint8>(c) >= ' ';
            if (!isKnown) {
                return false;
            }
            ++m_at;
        }
        // RE2 knows upper and lower case of Latin-1, and Perl's spaces are one more than RE2's.
        return !(m_ignoresCase && m_hasHighBytes) && !(m_hasSpaces && m_excludes);
    }

private:
    [[nodiscard]] char ahead(qsizetype by) const { return m_at + by < m_text.size() ? m_text[m_at + by] : '\0'; }

    bool escape()
    {
        const char c = ahead(1);
        if (c == 'x') {
            const bool isByte = isHexDigit(ahead(2)) && isHexDigit(ahead(3));
            m_hasHighBytes = m_hasHighBytes || ahead(2) >= '8';
            m_at += 3;
            return isByte;
        }
        m_hasSpaces = m_hasSpaces || c == 's';
        ++m_at;
        return c >= ' ' && c < 0x7f && !isDigit(c) && (!isLetter(c) || QByteArrayView("dDwWbBsnrtf").contains(c));
    }

    /// {3}, {3,} or {3,5}: all else in braces is not the same everywhere.
    bool repetition()
    {
        int number = 0;
        int digits = 0;
        bool hasComma = false;
        for (++m_at; m_at < m_text.size() && m_text[m_at] != '}'; ++m_at) {
            const char c = m_text[m_at];
            if (c == ',' && digits > 0 && !hasComma) {
                hasComma = true;
                number = 0;
            } else if (isDigit(c) && number < mostRepeated) {
                number = 10 * number + (c - '0');
                ++digits;
            } else {
                return false;
            }
        }
        ++m_repetitions;
        return digits > 0 && number <= mostRepeated && m_repetitions <= mostRepetitions && m_at < m_text.size();
    }

    bool group()
    {
        if (ahead(1) != '?') {
            return ahead(1) != '*';
        }
        if (ahead(2) == ':') {
            m_at += 2;
            return true;
        }
        const bool ignoresCase = ahead(2) == 'i' && (ahead(3) == ')' || ahead(3) == ':');
        m_ignoresCase = m_ignoresCase || ignoresCase;
        m_at += 3;
        return ignoresCase;
    }

    bool set()
    {
        if (ahead(1) == '^') {
            m_excludes = true;
            ++m_at;
        }
        // A bracket here is one of the set in one language and begins or ends something in another.
        return ahead(1) != ']' && ahead(1) != '[' && ahead(1) != ':';
    }

    QByteArrayView m_text;
    qsizetype m_at = 0;
    int m_repetitions = 0;
    bool m_hasHighBytes = false;
    bool m_ignoresCase = false;
    bool m_hasSpaces = false;
    bool m_excludes = false; ///< a set of what is not in it
};

} // namespace

bool meansNoLess(QByteArrayView expression)
{
    return !expression.isEmpty() && expression.size() <= longestExpression && SieveReader(expression).isUsual();
}

} // namespace sockeye
