// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QtGlobal>

#include <optional>

namespace sockeye {

/// Where a message says how long it is.
struct LengthLayout {
    enum class Order : quint8 { Big, Little };
    static constexpr int varint = 0; ///< a size: seven bits a byte, lowest first, the top bit says that more follow
    static constexpr int mostVarint = 10; ///< bytes, for 64 bits

    int size = 2; ///< bytes of the length: 1, 2, 3, 4, 8, or varint
    Order order = Order::Big;
    qint64 offset = 0; ///< bytes before it
    qint64 adjust = 0; ///< added to it for the number of bytes that follow

    /// A length that was read.
    struct Read {
        int bytes = 0; ///< that it takes
        quint64 value = 0; ///< as it stands there
    };
    /// The length that `bytes` begin with; nothing while it is not all there. A varint that goes on for too long is
    /// read to where it is too long.
    [[nodiscard]] std::optional<Read> read(QByteArrayView bytes) const;
    /// The length that so many bytes follow; nothing where it has no room for that.
    [[nodiscard]] std::optional<QByteArray> written(qint64 following) const;
    /// The bytes that follow such a length; nothing where that is below 0 or above `most`.
    [[nodiscard]] std::optional<qint64> following(quint64 length, qint64 most) const;
};

} // namespace sockeye
