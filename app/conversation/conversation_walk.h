// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/recording/recording.h"
#include "app/recording/stream_index.h"

#include <array>
#include <optional>
#include <vector>

namespace sockeye {

/// What one side said until the other one spoke: bytes of one stream that lie behind each other. Of datagrams, one.
struct ConversationTurn {
    Direction direction = Direction::In;
    qint64 offset = 0; ///< in its stream
    qint64 size = 0; ///< bytes; 0 for an empty datagram
    qint64 begin = 0; ///< nanoseconds since the epoch: when its first chunk came or went
    qint64 end = 0; ///< and its last one
    bool isMissing = false; ///< the recording does not have its bytes
};

struct ConversationRules {
    Direction first = Direction::In; ///< which comes first of what has the same time: where requests go
    bool isDatagrams = false; ///< each is a turn of its own
    qint64 maxBytes = 1024 * 1024; ///< of both streams together
    std::size_t maxTurns = 10'000;
};

/// Goes through a connection turn by turn, in the order in which they began, however long it is: only some calls of
/// each stream are in memory. Reads no bytes. Ends where the streams ended when it came there.
class ConversationWalk {
public:
    /// Of `rules`, the bounds are not looked at. `recording` outlives it.
    ConversationWalk(const Recording& recording, quint32 connection, const ConversationRules& rules);

    /// The next turn, but at most `most` bytes of it, at least 1: the one after that is its rest then.
    [[nodiscard]] std::optional<ConversationTurn> next(qint64 most);
    [[nodiscard]] bool hasMore() { return later() != nullptr; }

private:
    struct Side {
        Direction direction = Direction::In;
        std::vector<StreamCall> calls; ///< those that come next
        std::size_t at = 0; ///< of these, the first that is not taken
        qsizetype entry = 0; ///< of the stream, behind them
    };
    [[nodiscard]] StreamCall* front(Side& side);
    [[nodiscard]] Side* later(); ///< whose call comes next; null at the end

    const Recording& m_recording;
    const quint32 m_connection;
    const bool m_isDatagrams;
    std::array<Side, 2> m_sides;
};

} // namespace sockeye
