// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/recording/recording.h"

#include <vector>

namespace sockeye {

/// What one side said until the other one spoke: bytes of one stream that lie behind each other. Of datagrams, one.
struct ConversationTurn {
    Direction direction = Direction::In;
    qint64 offset = 0; ///< in its stream
    qint64 size = 0; ///< bytes; 0 for an empty datagram
    qint64 begin = 0; ///< nanoseconds since the epoch: when its first chunk came or went
    qint64 end = 0; ///< and its last one
};

struct ConversationRules {
    Direction first = Direction::In; ///< which comes first of what has the same time: where requests go
    bool isDatagrams = false; ///< each is a turn of its own
    qint64 maxBytes = 1024 * 1024; ///< of both streams together
    std::size_t maxTurns = 10'000;
};

struct ConversationTurns {
    std::vector<ConversationTurn> turns; ///< in the order in which they began
    qint64 bytes = 0; ///< of all turns
    bool isCut = false; ///< there is more, which the rules leave out
};

/// The beginning of a connection as its two sides took turns. Reads no bytes, but asks for every chunk: not for the GUI
/// thread.
[[nodiscard]] ConversationTurns turnsOf(const Recording& recording, quint32 connection, const ConversationRules& rules);

} // namespace sockeye
