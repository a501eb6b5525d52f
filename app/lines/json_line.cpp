// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/lines/json_line.h"

#include "protocol/json/json_writer.h"

namespace sockeye {

namespace {

struct Control {
    int code = 0;
    int size = 0; ///< in bytes; 0: there is none
};

/// Characters that JSON does not ask to escape, and that do something where they are shown: DEL and U+0080 to U+009F,
/// which command terminals, U+2028 and U+2029, which some readers take for the end of a line, and what turns text
/// round.
Control controlAt(const QByteArray& utf8, qsizetype i)
{
    const auto byte = [&utf8, i](qsizetype more) -> int {
        return i + more < utf8.size() ? static_cast<uchar>(utf8.at(i + more)) : 0;
    };
    switch (byte(0)) {
    case 0x7f:
        return { 0x7f, 1 };
    case 0xc2:
        return byte(1) >= 0x80 && byte(1) < 0xa0 ? Control { byte(1), 2 } : Control {};
    case 0xe2:
        if (byte(1) == 0x80 && byte(2) >= 0xa8 && byte(2) <= 0xae) {
            return { 0x2000 + byte(2) - 0x80, 3 };
        }
        if (byte(1) == 0x81 && byte(2) >= 0xa6 && byte(2) <= 0xa9) {
            return { 0x2040 + byte(2) - 0x80, 3 };
        }
        break;
    default:
        break;
    }
    return {};
}

} // namespace

JsonLine::JsonLine(QByteArray& out, QByteArrayView event)
    : m_out(out)
    , m_start(out.size())
{
    m_out.append("{\"event\":");
    json::appendString(m_out, event);
}

void JsonLine::end()
{
    escapeControls();
    m_out.append("}\n");
}

/// JSON lets many control characters stand as they are. They are nowhere but inside of its strings.
void JsonLine::escapeControls()
{
    qsizetype first = m_start;
    while (first < m_out.size() && controlAt(m_out, first).size == 0) {
        ++first;
    }
    if (first == m_out.size()) {
        return;
    }
    const QByteArray rest = m_out.sliced(first);
    m_out.truncate(first);
    for (qsizetype i = 0; i < rest.size(); ++i) {
        if (const Control control = controlAt(rest, i); control.size > 0) {
            m_out.append("\\u");
            m_out.append(QByteArray::number(control.code, 16).rightJustified(4, '0'));
            i += control.size - 1;
        } else {
            m_out.append(rest.at(i));
        }
    }
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
    constexpr quint64 second = 1'000'000'000;
    // A file may claim times before the epoch.
    const quint64 size = nanoseconds < 0 ? 0 - static_cast<quint64>(nanoseconds) : static_cast<quint64>(nanoseconds);
    if (nanoseconds < 0) {
        m_out.append('-');
    }
    m_out.append(QByteArray::number(size / second));
    m_out.append('.');
    const quint64 fraction = size % second;
    if (fraction % 1'000 == 0) {
        m_out.append(QByteArray::number(fraction / 1'000).rightJustified(6, '0'));
    } else {
        m_out.append(QByteArray::number(fraction).rightJustified(9, '0'));
    }
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

} // namespace sockeye
