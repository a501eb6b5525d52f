// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/encode/output.h"

namespace sockeye::kaitai {

void Output::append(QByteArrayView bytes)
{
    align();
    m_bytes.append(bytes);
    m_bit = m_bytes.size() * 8;
}

void Output::appendNumber(quint64 bits, int size, bool isLittle)
{
    align();
    for (int i = 0; i < size; ++i) {
        m_bytes.append(static_cast<char>(bits >> (8 * (isLittle ? i : size - 1 - i))));
    }
    m_bit = m_bytes.size() * 8;
}

void Output::appendBits(quint64 bits, int count, bool isLittle)
{
    if (m_bit % 8 != 0 && m_bitsLittle != isLittle) {
        align();
    }
    m_bitsLittle = isLittle;
    for (int i = 0; i < count; ++i, ++m_bit) {
        if (m_bit % 8 == 0) {
            m_bytes.append('\0');
        }
        // From the top of a byte downwards, or from its bottom upwards, with the number's bits in the same order.
        const quint64 bit = (bits >> (isLittle ? i : count - 1 - i)) & 1;
        const auto place = static_cast<int>(m_bit % 8);
        m_bytes.back() = static_cast<char>(m_bytes.back() | static_cast<char>(bit << (isLittle ? place : 7 - place)));
    }
}

} // namespace sockeye::kaitai
