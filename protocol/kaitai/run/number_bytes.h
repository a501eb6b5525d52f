// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/base/integer.h"

#include <QtEndian>

#include <bit>

namespace sockeye::kaitai {

inline constexpr int bitsInByte = 8;

/// A number of 1, 2, 4 or 8 bytes.
inline quint64 loaded(const uchar* bytes, int size, bool isLittle)
{
    switch (size) {
    case 1:
        return *bytes;
    case 2:
        return isLittle ? qFromLittleEndian<quint16>(bytes) : qFromBigEndian<quint16>(bytes);
    case 4:
        return isLittle ? qFromLittleEndian<quint32>(bytes) : qFromBigEndian<quint32>(bytes);
    default:
        return isLittle ? qFromLittleEndian<quint64>(bytes) : qFromBigEndian<quint64>(bytes);
    }
}

/// What was loaded as an Integer is read.
inline Integer integerOf(quint64 value, int size, bool isSigned)
{
    if (!isSigned) {
        return Integer::fromUnsigned(value);
    }
    const int unused = 64 - size * bitsInByte;
    return Integer::fromSigned(static_cast<qint64>(value << unused) >> unused);
}

/// What was loaded as a Float is read.
inline double floatOf(quint64 value, int size)
{
    constexpr int doubleSize = 8;
    return size == doubleSize ? std::bit_cast<double>(value)
                              : static_cast<double>(std::bit_cast<float>(static_cast<quint32>(value)));
}

} // namespace sockeye::kaitai
