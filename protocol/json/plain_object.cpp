// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/json/plain_object.h"

#include "protocol/json/string_run.h"
#include "protocol/text/utf8.h"

#include <QVarLengthArray>
#include <QtEndian>

#include <bit>

namespace sockeye::json {

namespace {

struct Member {
    QByteArrayView key;
    Value value;
};

/// Each step goes on behind what it took, or returns false where something else stands.
class PlainReader {
public:
    explicit PlainReader(QByteArrayView text)
        : m_pos(text.data())
        , m_end(text.data() + text.size())
    {
    }

    [[nodiscard]] bool take(char wanted)
    {
        if (m_pos != m_end && isSpace(*m_pos)) {
            skipSpace();
        }
        if (m_pos == m_end || *m_pos != wanted) {
            return false;
        }
        ++m_pos;
        return true;
    }

    /// A string whose opening quote is taken.
    [[nodiscard]] bool takeString(QByteArrayView& text)
    {
        const char* const begin = m_pos;
        for (; m_end - m_pos >= 8; m_pos += 8) {
            const auto word = qFromLittleEndian<quint64>(m_pos);
            m_seen |= word;
            if (const quint64 ends = endsOfRun(word)) {
                m_pos += std::countr_zero(ends) / 8;
                return endString(begin, text);
            }
        }
        while (m_pos < m_end && *m_pos != '"' && *m_pos != '\\' && static_cast<uchar>(*m_pos) >= 0x20) {
            m_seen |= static_cast<uchar>(*m_pos);
            ++m_pos;
        }
        return endString(begin, text);
    }

    /// A number of so few digits that it fits.
    [[nodiscard]] bool takeWhole(qint64& number)
    {
        const bool negative = take('-');
        const char* const begin = m_pos;
        qint64 value = 0;
        while (m_pos < m_end && *m_pos >= '0' && *m_pos <= '9') {
            if (m_pos - begin == maxDigits) {
                return false;
            }
            value = value * 10 + (*m_pos - '0');
            ++m_pos;
        }
        if (m_pos == begin || (*begin == '0' && m_pos - begin > 1)) {
            return false;
        }
        number = negative ? -value : value;
        return true;
    }

    [[nodiscard]] bool isAtEnd()
    {
        skipSpace();
        return m_pos == m_end;
    }
    [[nodiscard]] bool isAscii() const { return (m_seen & 0x8080808080808080) == 0; }

private:
    static constexpr std::ptrdiff_t maxDigits = 18;

    [[nodiscard]] static bool isSpace(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
    void skipSpace()
    {
        while (m_pos < m_end && isSpace(*m_pos)) {
            ++m_pos;
        }
    }

    [[nodiscard]] bool endString(const char* begin, QByteArrayView& text)
    {
        if (m_pos == m_end || *m_pos != '"') {
            return false;
        }
        text = QByteArrayView(begin, m_pos - begin);
        ++m_pos;
        return true;
    }

    const char* m_pos;
    const char* const m_end;
    quint64 m_seen = 0; ///< the bits of all characters in strings, and of some that come after
};

bool takeMember(PlainReader& reader, Member& member)
{
    if (!reader.take('"') || !reader.takeString(member.key) || !reader.take(':')) {
        return false;
    }
    if (reader.take('"')) {
        member.value.type = Type::String;
        return reader.takeString(member.value.text);
    }
    member.value.type = Type::Integer;
    return reader.takeWhole(member.value.integer);
}

} // namespace

bool readPlainObject(QByteArrayView utf8, MemberVisitor* visitor)
{
    PlainReader reader(utf8);
    if (!reader.take('{')) {
        return false;
    }
    // Nobody is told of a member before the whole text is known to be right.
    QVarLengthArray<Member, 8> members;
    Member untold;
    do {
        if (members.size() == members.capacity()
            || !takeMember(reader, visitor != nullptr ? members.emplace_back() : untold)) {
            return false;
        }
    } while (reader.take(','));
    if (!reader.take('}') || !reader.isAtEnd() || (!reader.isAscii() && validUtf8Prefix(utf8) < utf8.size())) {
        return false;
    }
    if (visitor != nullptr) {
        for (const Member& member : members) {
            visitor->member(member.key, member.value);
        }
    }
    return true;
}

} // namespace sockeye::json
