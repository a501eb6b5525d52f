// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/reading/capture.h"
#include "app/storage/block_list.h"

#include <array>
#include <memory>
#include <vector>

namespace sockeye {

/// The messages of one connection in the order of its streams: a capture has those of all connections in the order of
/// time. Takes four bytes a message. One thread at a time.
///
/// Those that overlap what came before them in the same direction are left out: in each direction messages ascend.
class StreamMessages {
public:
    /// `connection` 0: the one of the first row that is of any.
    StreamMessages(std::shared_ptr<const Capture> capture, quint32 connection);

    /// Looks at further rows of the capture, at most `most`. True: there are more.
    bool takeNew(qsizetype most);
    [[nodiscard]] double progress() const; ///< 0 to 1: how much of the capture was looked at
    [[nodiscard]] quint32 connection() const { return m_connection; } ///< 0: none so far

    [[nodiscard]] qsizetype count(Direction direction) const { return of(direction).rows.size(); }
    [[nodiscard]] qsizetype row(Direction direction, qsizetype i) const; ///< of the capture; i in range
    [[nodiscard]] MessageRecord record(Direction direction, qsizetype i) const; ///< i in range
    [[nodiscard]] qint64 end(Direction direction) const { return of(direction).end; } ///< of the last, in the stream

    // In logarithmic time; count() for none.
    [[nodiscard]] qsizetype endingBehind(Direction direction, qint64 offset) const; ///< the first that does
    [[nodiscard]] qsizetype beginningFrom(Direction direction, qint64 offset) const; ///< the first there or behind
    [[nodiscard]] qsizetype fromTime(
        Direction direction, qint64 time) const; ///< the first that was whole then or later
    [[nodiscard]] bool hasBad(Direction direction, qsizetype first, qsizetype next) const; ///< bad ones among those

private:
    struct Stream {
        BlockList<quint32> rows;
        std::vector<qsizetype> bad; ///< numbers of BadMessage records, ascending
        qint64 end = 0;
    };
    [[nodiscard]] const Stream& of(Direction direction) const { return m_streams[static_cast<std::size_t>(direction)]; }
    template <typename IsBefore> [[nodiscard]] qsizetype firstNot(Direction direction, IsBefore&& isBefore) const;

    std::shared_ptr<const Capture> m_capture;
    quint32 m_connection;
    qsizetype m_taken = 0; ///< rows of the capture
    std::array<Stream, 2> m_streams;
};

} // namespace sockeye
