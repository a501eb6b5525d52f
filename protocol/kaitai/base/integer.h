// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QtGlobal>

#include <compare>
#include <limits>
#include <optional>

namespace sockeye::kaitai {

__extension__ using Wide = __int128; ///< for what lies between two steps of a calculation

/// A whole number from -2^63 to 2^64 - 1: what fields of up to 64 bits, signed or not, can hold.
class Integer {
public:
    constexpr Integer() = default;
    static constexpr Integer fromSigned(qint64 value) { return { static_cast<quint64>(value), value < 0 }; }
    static constexpr Integer fromUnsigned(quint64 value) { return { value, false }; }
    /// The result of a calculation; nothing if it does not fit.
    static constexpr std::optional<Integer> fromWide(Wide value)
    {
        if (value < std::numeric_limits<qint64>::min() || value > Wide(std::numeric_limits<quint64>::max())) {
            return std::nullopt;
        }
        return Integer(static_cast<quint64>(value), value < 0);
    }

    [[nodiscard]] constexpr bool isNegative() const { return m_isNegative; }
    [[nodiscard]] constexpr quint64 bits() const { return m_bits; } ///< two's complement
    [[nodiscard]] constexpr Wide wide() const
    {
        return m_isNegative ? Wide(static_cast<qint64>(m_bits)) : Wide(m_bits);
    }
    [[nodiscard]] constexpr bool fitsSigned() const
    {
        return m_isNegative || m_bits <= quint64(std::numeric_limits<qint64>::max());
    }
    /// The value, or the largest qint64 for what is larger: for sizes and counts, which are checked against what is
    /// there.
    [[nodiscard]] constexpr qint64 clamped() const
    {
        return fitsSigned() ? static_cast<qint64>(m_bits) : std::numeric_limits<qint64>::max();
    }
    [[nodiscard]] constexpr double toDouble() const
    {
        return m_isNegative ? static_cast<double>(static_cast<qint64>(m_bits)) : static_cast<double>(m_bits);
    }
    [[nodiscard]] QByteArray toText() const
    {
        return m_isNegative ? QByteArray::number(static_cast<qint64>(m_bits)) : QByteArray::number(m_bits);
    }

    friend constexpr bool operator==(const Integer&, const Integer&) = default;
    friend constexpr std::strong_ordering operator<=>(const Integer& a, const Integer& b)
    {
        return a.m_isNegative != b.m_isNegative ? b.m_isNegative <=> a.m_isNegative : a.m_bits <=> b.m_bits;
    }

private:
    constexpr Integer(quint64 bits, bool isNegative)
        : m_bits(bits)
        , m_isNegative(isNegative)
    {
    }

    quint64 m_bits = 0;
    bool m_isNegative = false;
};

} // namespace sockeye::kaitai
