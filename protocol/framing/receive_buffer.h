// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QtGlobal>

namespace sockeye {

/// The received bytes of one stream that are still needed, addressed by stream offset. Used next to a Framing, which
/// says which ranges are messages: the bytes are received once, here, and handed out as views.
///
/// Appending is amortized constant per byte; discarding moves an offset and compacts only when more than half is
/// dead, so that a buffer of many small messages costs no more a message than a buffer of one.
class ReceiveBuffer {
public:
    /// `begin`: stream offset of the first byte that will be added.
    explicit ReceiveBuffer(qint64 begin = 0)
        : m_begin(begin)
    {
    }

    /// Adds received bytes at the end.
    void append(QByteArrayView bytes);

    /// Room for `size` bytes to read into; make them part of the stream with commit(). The pointer is valid until the
    /// next call of anything but commit().
    [[nodiscard]] char* reserve(qsizetype size);
    /// Adds the first `size` bytes of what reserve() returned.
    void commit(qsizetype size);

    /// The bytes of the range [offset, offset + size) of the stream; empty if it is not (or no longer) all here. The
    /// view is valid until the next call that is not const.
    [[nodiscard]] QByteArrayView view(qint64 offset, qint64 size) const;

    /// Everything before `offset` is not needed any more.
    void discardBefore(qint64 offset);

    [[nodiscard]] qint64 begin() const { return m_begin; } ///< stream offset of the first byte held
    [[nodiscard]] qint64 end() const { return m_begin + (m_used - m_head); } ///< one past the last byte received

private:
    QByteArray m_storage; ///< grown geometrically, always larger than or equal to m_used
    qsizetype m_head = 0; ///< bytes at the front of m_storage that were discarded
    qsizetype m_used = 0; ///< bytes of m_storage that hold data
    qint64 m_begin = 0;
};

} // namespace sockeye
