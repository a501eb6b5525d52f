// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/json/json_writer.h"

#include <array>
#include <charconv>
#include <cmath>

namespace sockeye::json {

namespace {

constexpr char hexDigits[] = "0123456789abcdef";

/// The letter of the short escape of a byte; 'u' where only \u00XX will do; 0 where it stands for itself.
constexpr std::array<char, 256> escapes = [] {
    std::array<char, 256> table {};
    for (size_t i = 0; i < 0x20; ++i) {
        table[i] = 'u';
    }
    table['"'] = '"';
    table['\\'] = '\\';
    table['\n'] = 'n';
    table['\r'] = 'r';
    table['\t'] = 't';
    table['\b'] = 'b';
    table['\f'] = 'f';
    return table;
}();

} // namespace

void appendString(QByteArray& out, QByteArrayView utf8)
{
    out.append('"');
    qsizetype plain = 0; // where the run of bytes that need no escape began
    for (qsizetype i = 0; i < utf8.size(); ++i) {
        const auto byte = static_cast<uchar>(utf8[i]);
        const char escape = escapes[byte];
        if (escape == 0) {
            continue;
        }
        out.append(utf8.sliced(plain, i - plain));
        plain = i + 1;
        if (escape == 'u') {
            const char text[] { '\\', 'u', '0', '0', hexDigits[byte >> 4], hexDigits[byte & 0xf] };
            out.append(text, sizeof text);
        } else {
            const char text[] { '\\', escape };
            out.append(text, sizeof text);
        }
    }
    out.append(utf8.sliced(plain));
    out.append('"');
}

void appendString(QByteArray& out, QStringView text)
{
    appendString(out, text.toUtf8());
}

void Writer::separate()
{
    if (m_needsComma) {
        m_out.append(", ");
    }
    m_needsComma = true;
}

Writer& Writer::beginObject()
{
    separate();
    m_out.append('{');
    m_needsComma = false;
    return *this;
}

Writer& Writer::endObject()
{
    m_out.append('}');
    m_needsComma = true;
    return *this;
}

Writer& Writer::beginArray()
{
    separate();
    m_out.append('[');
    m_needsComma = false;
    return *this;
}

Writer& Writer::endArray()
{
    m_out.append(']');
    m_needsComma = true;
    return *this;
}

Writer& Writer::key(QByteArrayView utf8)
{
    separate();
    appendString(m_out, utf8);
    m_out.append(": ");
    m_needsComma = false;
    return *this;
}

Writer& Writer::string(QByteArrayView utf8)
{
    separate();
    appendString(m_out, utf8);
    return *this;
}

Writer& Writer::string(QStringView text)
{
    separate();
    appendString(m_out, text);
    return *this;
}

Writer& Writer::integer(qint64 value)
{
    separate();
    std::array<char, 24> text {};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    m_out.append(text.data(), end - text.data());
    return *this;
}

Writer& Writer::number(double value)
{
    if (!std::isfinite(value)) {
        return null();
    }
    separate();
    std::array<char, 40> text {};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    m_out.append(text.data(), end - text.data());
    return *this;
}

Writer& Writer::boolean(bool value)
{
    separate();
    m_out.append(value ? "true" : "false");
    return *this;
}

Writer& Writer::null()
{
    separate();
    m_out.append("null");
    return *this;
}

Writer& Writer::raw(QByteArrayView json)
{
    separate();
    m_out.append(json);
    return *this;
}

} // namespace sockeye::json
