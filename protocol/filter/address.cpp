// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/filter/address.h"

#include <algorithm>

namespace sockeye::filter {

namespace {

constexpr qsizetype longestAddress = 100; // with the name of an interface

int digitOf(char c)
{
    return c >= '0' && c <= '9' ? c - '0'
        : c >= 'a' && c <= 'f'  ? c - 'a' + 10
        : c >= 'A' && c <= 'F'  ? c - 'A' + 10
                                : -1;
}

/// Four numbers up to 255, without zeros in front: some programs read those as octal.
bool readFour(QByteArrayView text, char* out)
{
    int part = 0;
    int value = -1;
    qsizetype begin = 0;
    for (qsizetype i = 0; i <= text.size(); ++i) {
        if (i == text.size() || text[i] == '.') {
            if (value < 0 || part == 4 || (i - begin > 1 && text[begin] == '0')) {
                return false;
            }
            out[part++] = static_cast<char>(value);
            value = -1;
            begin = i + 1;
            continue;
        }
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
        value = std::max(value, 0) * 10 + (text[i] - '0');
        if (value > 255) {
            return false;
        }
    }
    return part == 4;
}

class SixReader {
public:
    explicit SixReader(QByteArrayView text)
        : m_text(text)
    {
    }
    std::optional<AddressBytes> read()
    {
        if (m_text.startsWith("::")) {
            m_gap = 0;
            m_at = 2;
        } else if (m_text.startsWith(':')) {
            return std::nullopt;
        }
        while (m_at < m_text.size()) {
            if (!group()) {
                return std::nullopt;
            }
        }
        return whole();
    }

private:
    /// One number of up to four digits with the colons behind it, or an IPv4 address at the end.
    bool group()
    {
        qsizetype end = m_at;
        int value = 0;
        while (end < m_text.size() && digitOf(m_text[end]) >= 0 && end - m_at < 5) {
            value = value * 16 + digitOf(m_text[end++]);
        }
        if (end < m_text.size() && m_text[end] == '.') {
            const bool fits = m_size <= 12 && readFour(m_text.sliced(m_at), m_bytes.bytes.data() + m_size);
            m_size += 4;
            m_at = m_text.size();
            return fits;
        }
        if (end == m_at || end - m_at > 4 || m_size > 14) {
            return false;
        }
        m_bytes.bytes[static_cast<std::size_t>(m_size++)] = static_cast<char>(value >> 8);
        m_bytes.bytes[static_cast<std::size_t>(m_size++)] = static_cast<char>(value & 0xff);
        m_at = end;
        if (m_at == m_text.size()) {
            return true;
        }
        if (m_text[m_at++] != ':' || m_at == m_text.size()) {
            return false;
        }
        if (m_text[m_at] == ':') {
            if (m_gap >= 0) {
                return false;
            }
            m_gap = m_size;
            ++m_at;
        }
        return true;
    }
    std::optional<AddressBytes> whole()
    {
        if (m_gap < 0 ? m_size != 16 : m_size > 14) {
            return std::nullopt;
        }
        if (m_gap >= 0) {
            auto* const begin = m_bytes.bytes.begin();
            std::copy_backward(begin + m_gap, begin + m_size, m_bytes.bytes.end());
            std::fill(begin + m_gap, begin + (16 - (m_size - m_gap)), '\0');
        }
        m_bytes.size = 16;
        // IPv4 as sockets of both families show it.
        const QByteArrayView all = m_bytes.view();
        if (std::all_of(all.begin(), all.begin() + 10, [](char c) { return c == 0; }) && all[10] == '\xff'
            && all[11] == '\xff') {
            std::copy(all.begin() + 12, all.end(), m_bytes.bytes.begin());
            m_bytes.size = 4;
        }
        return m_bytes;
    }

    QByteArrayView m_text;
    AddressBytes m_bytes;
    qsizetype m_at = 0;
    qsizetype m_size = 0;
    qsizetype m_gap = -1; ///< where "::" stands
};

} // namespace

std::optional<AddressBytes> addressFrom(QByteArrayView text)
{
    if (text.size() > longestAddress) {
        return std::nullopt;
    }
    const qsizetype scope = text.indexOf('%');
    const QByteArrayView plain = scope < 0 ? text : text.first(scope);
    if (plain.contains(':')) {
        return SixReader(plain).read();
    }
    AddressBytes address;
    address.size = 4;
    return scope < 0 && readFour(plain, address.bytes.data()) ? std::optional(address) : std::nullopt;
}

bool isUnixName(QByteArrayView text)
{
    return text.startsWith('@') || text.startsWith("unnamed") || (text.contains('/') && !text.startsWith("unix:"));
}

QByteArray addressText(QByteArrayView bytes)
{
    QByteArray out;
    if (bytes.size() == 4) {
        for (const char byte : bytes) {
            if (!out.isEmpty()) {
                out += '.';
            }
            out += QByteArray::number(static_cast<uchar>(byte));
        }
        return out;
    }
    if (bytes.size() != 16) {
        return out;
    }
    std::array<int, 8> groups {};
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const auto at = static_cast<qsizetype>(2 * i);
        groups.at(i) = static_cast<uchar>(bytes[at]) << 8 | static_cast<uchar>(bytes[at + 1]);
    }
    // The longest run of two zeros or more is left out, the first of several.
    std::size_t best = 0;
    std::size_t bestSize = 1;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        std::size_t size = 0;
        while (i + size < groups.size() && groups.at(i + size) == 0) {
            ++size;
        }
        if (size > bestSize) {
            best = i;
            bestSize = size;
        }
    }
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (bestSize > 1 && i == best) {
            out += "::";
            i += bestSize - 1;
            continue;
        }
        if (!out.isEmpty() && !out.endsWith(':')) {
            out += ':';
        }
        out += QByteArray::number(groups.at(i), 16);
    }
    return out;
}

} // namespace sockeye::filter
