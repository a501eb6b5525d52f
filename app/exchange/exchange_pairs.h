// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/filtering/reply_queue.h"
#include "app/reading/capture.h"
#include "app/storage/block_list.h"

#include <memory>
#include <optional>

namespace sockeye {

/// Which messages of one connection are request and reply of each other, as latencies have it. Takes eight bytes an
/// exchange. One thread at a time.
class ExchangePairs {
public:
    ExchangePairs(std::shared_ptr<const Capture> capture, quint32 connection);

    [[nodiscard]] quint32 connection() const { return m_connection; }
    /// Looks at further rows of the capture, at most `most`. True: there are more.
    bool takeNew(qsizetype most);
    [[nodiscard]] qsizetype taken() const { return m_taken; } ///< rows

    struct Pair {
        qsizetype request = -1; ///< row; -1: the reply answers none that was seen
        qsizetype reply = -1; ///< row; -1: there is none so far
    };
    /// Of a row that was looked at. Nothing of what is no message of the connection.
    [[nodiscard]] std::optional<Pair> of(qsizetype row) const;
    [[nodiscard]] qsizetype firstRequest() const { return m_firstRequest; } ///< row; -1: none
    /// When the TLS handshake that came before the first request was over, nanoseconds since the epoch; 0: there was
    /// none.
    [[nodiscard]] qint64 securedAt() const { return m_securedAt; }

private:
    struct Rows {
        quint32 request = 0;
        quint32 reply = 0;
    };

    const std::shared_ptr<const Capture> m_capture;
    const quint32 m_connection;
    Direction m_requests = Direction::In; ///< that they go in
    qsizetype m_taken = 0;
    qsizetype m_firstRequest = -1;
    qint64 m_securedAt = 0;
    ReplyQueue m_asked; ///< rows
    BlockList<Rows> m_pairs; ///< both ascend
};

} // namespace sockeye
