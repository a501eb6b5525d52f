// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/json_line.h"

#include "protocol/json/json_writer.h"

namespace sockeye::cli {

JsonLine::JsonLine(QByteArray& out, QByteArrayView event)
    : m_out(out)
{
    m_out.append("{\"event\":");
    json::appendString(m_out, event);
}

void JsonLine::end()
{
    m_out.append("}\n");
}

void JsonLine::key(QByteArrayView name)
{
    m_out.append(',');
    json::appendString(m_out, name);
    m_out.append(':');
}

JsonLine& JsonLine::string(QByteArrayView name, QByteArrayView utf8)
{
    key(name);
    json::appendString(m_out, utf8);
    return *this;
}

JsonLine& JsonLine::string(QByteArrayView name, QStringView text)
{
    key(name);
    json::appendString(m_out, text);
    return *this;
}

JsonLine& JsonLine::integer(QByteArrayView name, qint64 value)
{
    key(name);
    m_out.append(QByteArray::number(value));
    return *this;
}

JsonLine& JsonLine::boolean(QByteArrayView name, bool value)
{
    key(name);
    m_out.append(value ? "true" : "false");
    return *this;
}

JsonLine& JsonLine::null(QByteArrayView name)
{
    key(name);
    m_out.append("null");
    return *this;
}

JsonLine& JsonLine::time(QByteArrayView name, qint64 nanoseconds)
{
    key(name);
    const qint64 microseconds = nanoseconds / 1'000;
    m_out.append(QByteArray::number(microseconds / 1'000'000));
    m_out.append('.');
    m_out.append(QByteArray::number(microseconds % 1'000'000).rightJustified(6, '0'));
    return *this;
}

JsonLine& JsonLine::hex(QByteArrayView name, QByteArrayView bytes)
{
    static constexpr char digits[] = "0123456789abcdef";
    key(name);
    m_out.append('"');
    const qsizetype start = m_out.size();
    m_out.resize(start + 2 * bytes.size());
    char* out = m_out.data() + start;
    for (const char byte : bytes) {
        const auto value = static_cast<unsigned char>(byte);
        *out++ = digits[value >> 4U];
        *out++ = digits[value & 0x0FU];
    }
    m_out.append('"');
    return *this;
}

JsonLine& JsonLine::json(QByteArrayView name, QByteArrayView json)
{
    key(name);
    const qsizetype start = m_out.size();
    m_out.append(json);
    for (qsizetype i = start; i < m_out.size(); ++i) {
        if (m_out.at(i) == '\n' || m_out.at(i) == '\r') {
            m_out[i] = ' ';
        }
    }
    return *this;
}

} // namespace sockeye::cli
