// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/length/length_layout.h"

#include <algorithm>
#include <limits>

namespace sockeye {

namespace {

std::optional<LengthLayout::Read> readVarint(QByteArrayView bytes)
{
    constexpr int bitsEach = 7;
    LengthLayout::Read read;
    for (const char c : bytes.first(std::min<qsizetype>(bytes.size(), LengthLayout::mostVarint))) {
        const auto byte = static_cast<uchar>(c);
        const int shift = bitsEach * read.bytes++;
        const quint64 bits = byte & 0x7fU;
        if (shift == 63 && bits > 1) {
            return LengthLayout::Read { read.bytes, std::numeric_limits<quint64>::max() };
        }
        read.value |= bits << shift;
        if (byte < 0x80) {
            return read;
        }
    }
    if (read.bytes < LengthLayout::mostVarint) {
        return std::nullopt;
    }
    return LengthLayout::Read { read.bytes, std::numeric_limits<quint64>::max() };
}

} // namespace

std::optional<LengthLayout::Read> LengthLayout::read(QByteArrayView bytes) const
{
    if (size == varint) {
        return readVarint(bytes);
    }
    if (bytes.size() < size) {
        return std::nullopt;
    }
    Read read { size, 0 };
    for (int i = 0; i < size; ++i) {
        read.value = (read.value << 8) | static_cast<uchar>(bytes[order == Order::Big ? i : size - 1 - i]);
    }
    return read;
}

std::optional<qint64> LengthLayout::following(quint64 length, qint64 most) const
{
    // `adjust` has 32 bits, so that nothing overflows once the length has 62.
    if (length > quint64 { 1 } << 62) {
        return std::nullopt;
    }
    const qint64 following = static_cast<qint64>(length) + adjust;
    return following >= 0 && following <= most ? std::optional(following) : std::nullopt;
}

std::optional<QByteArray> LengthLayout::written(qint64 following) const
{
    const qint64 value = following - adjust;
    constexpr int bitsOfByte = 8;
    if (value < 0 || (size > 0 && size < 8 && value >> (size * bitsOfByte) != 0)) {
        return std::nullopt;
    }
    auto rest = static_cast<quint64>(value);
    QByteArray out;
    if (size == varint) {
        constexpr quint64 more = 0x80;
        for (; rest >= more; rest >>= 7U) {
            out.append(static_cast<char>(rest | more));
        }
        out.append(static_cast<char>(rest));
        return out;
    }
    for (int i = 0; i < size; ++i, rest >>= bitsOfByte) {
        order == Order::Big ? out.prepend(static_cast<char>(rest)) : out.append(static_cast<char>(rest));
    }
    return out;
}

} // namespace sockeye
