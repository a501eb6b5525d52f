// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/pcapng/checksum.h"

#include <array>
#include <cstring>

namespace sockeye::pcapng {

// The sum may be taken in any byte order and over words of any width (RFC 1071 §2): four bytes at a time, in the
// machine's own order, with 32 bits to spare for carries.
quint64 checksumAdd(quint64 sum, const char* data, std::size_t size)
{
    // Sums that do not wait for each other.
    std::array<quint64, 4> sums {};
    while (size >= 16) {
        std::array<quint32, 4> words {};
        std::memcpy(words.data(), data, 16);
        for (std::size_t i = 0; i < sums.size(); ++i) {
            sums[i] += words[i];
        }
        data += 16;
        size -= 16;
    }
    sum += sums[0] + sums[1] + sums[2] + sums[3];
    while (size >= 8) {
        quint32 words[2];
        std::memcpy(words, data, 8);
        sum += words[0];
        sum += words[1];
        data += 8;
        size -= 8;
    }
    if (size > 0) {
        quint32 rest[2] = { 0, 0 };
        std::memcpy(rest, data, size);
        sum += rest[0];
        sum += rest[1];
    }
    return sum;
}

quint16 checksumEnd(quint64 sum)
{
    while ((sum >> 16) != 0) {
        sum = (sum & 0xFFFF) + (sum >> 16);
    }
    return static_cast<quint16>(~sum & 0xFFFF);
}

} // namespace sockeye::pcapng
