// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>

namespace sockeye::kaitai {

/// Bytes that are being written, bit by bit where fields are no whole bytes.
class Output {
public:
    /// Fills up the byte that was begun.
    void align() { m_bit = (m_bit + 7) / 8 * 8; }
    void append(QByteArrayView bytes);
    void appendNumber(quint64 bits, int size, bool isLittle);
    void appendBits(quint64 bits, int count, bool isLittle);

    /// Bits that are missing to a whole byte.
    [[nodiscard]] int bitsToByte() const { return static_cast<int>((8 - m_bit % 8) % 8); }
    [[nodiscard]] qint64 position() const { return (m_bit + 7) / 8; } ///< bytes, one that is begun included
    [[nodiscard]] const QByteArray& bytes() const { return m_bytes; }

private:
    QByteArray m_bytes;
    qint64 m_bit = 0; ///< the next one
    bool m_bitsLittle = false;
};

} // namespace sockeye::kaitai
