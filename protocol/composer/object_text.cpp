// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/composer/object_text.h"

#include "protocol/json/json_writer.h"

#include <QString>

#include <algorithm>

namespace sockeye {

namespace {

/// Walks over the members of an object. Never goes back and never recurses: nested values are skipped by counting.
class Scanner {
public:
    explicit Scanner(QByteArrayView text)
        : m_text(text)
    {
    }

    /// Offset of the closing brace, or -1.
    qsizetype scan(QList<ObjectText::Member>* members)
    {
        skipSpace();
        if (!take('{')) {
            return -1;
        }
        skipSpace();
        if (take('}')) {
            return m_at - 1;
        }
        while (true) {
            skipSpace();
            const qsizetype keyAt = m_at;
            if (!skipString()) {
                return -1;
            }
            const QByteArrayView key = m_text.sliced(keyAt, m_at - keyAt);
            skipSpace();
            if (!take(':')) {
                return -1;
            }
            skipSpace();
            const qsizetype valueAt = m_at;
            if (!skipValue()) {
                return -1;
            }
            if (members) {
                members->append({ unescaped(key), valueAt, m_at - valueAt });
            }
            skipSpace();
            if (take('}')) {
                return m_at - 1;
            }
            if (!take(',')) {
                return -1;
            }
        }
    }

    void skipSpace()
    {
        while (m_at < m_text.size() && QByteArrayView(" \t\r\n").contains(m_text[m_at])) {
            ++m_at;
        }
    }

    [[nodiscard]] qsizetype at() const { return m_at; }

    /// The characters of a JSON string, given with its quotes. Escapes that are none stay as they are.
    static QByteArray unescaped(QByteArrayView quoted)
    {
        const QByteArrayView body = quoted.sliced(1, quoted.size() - 2);
        if (!body.contains('\\')) {
            return body.toByteArray();
        }
        const QString text = QString::fromUtf8(body);
        QString out;
        out.reserve(text.size());
        for (qsizetype i = 0; i < text.size(); ++i) {
            if (text[i] != u'\\' || i + 1 >= text.size()) {
                out.append(text[i]);
                continue;
            }
            const QChar letter = text[++i];
            static constexpr QStringView letters = u"\"\\/bfnrt";
            static constexpr QStringView meant = u"\"\\/\b\f\n\r\t";
            const qsizetype index = letters.indexOf(letter);
            bool isNumber = false;
            const ushort unit = letter == u'u' && i + 4 < text.size()
                ? QStringView(text).sliced(i + 1, 4).toUShort(&isNumber, 16)
                : ushort(0);
            if (index >= 0) {
                out.append(meant[index]);
            } else if (isNumber) {
                out.append(QChar(unit));
                i += 4;
            } else {
                out.append(u'\\').append(letter);
            }
        }
        return out.toUtf8();
    }

private:
    bool take(char c)
    {
        if (m_at < m_text.size() && m_text[m_at] == c) {
            ++m_at;
            return true;
        }
        return false;
    }

    bool skipString()
    {
        if (!take('"')) {
            return false;
        }
        while (m_at < m_text.size()) {
            const char c = m_text[m_at++];
            if (c == '"') {
                return true;
            }
            if (c == '\\') {
                ++m_at;
            }
        }
        return false;
    }

    bool skipValue()
    {
        if (m_at >= m_text.size()) {
            return false;
        }
        const char first = m_text[m_at];
        if (first == '"') {
            return skipString();
        }
        if (first != '{' && first != '[') {
            return skipWord();
        }
        qsizetype depth = 0;
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (c == '"') {
                if (!skipString()) {
                    return false;
                }
                continue;
            }
            ++m_at;
            if (c == '{' || c == '[') {
                ++depth;
            } else if ((c == '}' || c == ']') && --depth == 0) {
                return true;
            }
        }
        return false;
    }

    /// A number, or true, false, null.
    bool skipWord()
    {
        const qsizetype start = m_at;
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            const bool isPart =
                (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-' || c == '+' || c == '.' || c == 'E';
            if (!isPart) {
                break;
            }
            ++m_at;
        }
        return m_at > start;
    }

    QByteArrayView m_text;
    qsizetype m_at = 0;
};

} // namespace

ObjectText::ObjectText(const QByteArray& text)
    : m_text(text)
{
    Scanner scanner(m_text);
    m_end = scanner.scan(&m_members);
    scanner.skipSpace();
    if (m_end < 0 || scanner.at() != m_text.size()) {
        m_end = -1;
        m_members.clear();
    }
}

qsizetype ObjectText::objectEnd(QByteArrayView text)
{
    const qsizetype brace = Scanner(text).scan(nullptr);
    return brace < 0 ? -1 : brace + 1;
}

const ObjectText::Member* ObjectText::find(QByteArrayView key) const
{
    const auto found =
        std::find_if(m_members.crbegin(), m_members.crend(), [key](const Member& m) { return m.key == key; });
    return found == m_members.crend() ? nullptr : &*found;
}

std::optional<QByteArray> ObjectText::raw(QByteArrayView key) const
{
    const Member* member = find(key);
    return member ? std::optional(m_text.mid(member->offset, member->size)) : std::nullopt;
}

std::optional<QByteArray> ObjectText::string(QByteArrayView key) const
{
    const std::optional<QByteArray> value = raw(key);
    if (!value || !value->startsWith('"')) {
        return std::nullopt;
    }
    return Scanner::unescaped(*value);
}

bool ObjectText::setRaw(QByteArrayView key, QByteArrayView json)
{
    if (!isObject()) {
        return false;
    }
    QByteArray changed = m_text;
    if (const Member* member = find(key)) {
        changed.replace(member->offset, member->size, json);
    } else {
        QByteArray added = m_members.isEmpty() ? QByteArray() : QByteArrayLiteral(", ");
        json::appendString(added, key);
        added.append(": ").append(json);
        changed.insert(m_end, added);
    }
    ObjectText result(changed);
    if (!result.isObject() || result.raw(key) != json.toByteArray()) {
        return false;
    }
    *this = result;
    return true;
}

bool ObjectText::setString(QByteArrayView key, QByteArrayView utf8)
{
    QByteArray quoted;
    json::appendString(quoted, utf8);
    return setRaw(key, quoted);
}

} // namespace sockeye
