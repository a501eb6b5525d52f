// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/lanes/stream_messages.h"
#include "app/recording/stream_index.h"

namespace sockeye {

/// What one read or write of a socket has to do with messages.
struct CallFacts {
    qsizetype whole = 0; ///< so many messages lie wholly in it
    bool endsOne = false; ///< it begins with the rest of one
    bool beginsOne = false; ///< it ends in the middle of one, or of what is none yet
    bool isPart = false; ///< it lies inside one, and does not hold all of it
    bool lost = false; ///< not a call: bytes that nobody has
    qint64 of = 0; ///< isPart: the size of that one

    friend bool operator==(const CallFacts&, const CallFacts&) = default;
};

/// How a message came or went.
struct MessageFacts {
    qint64 calls = 0; ///< reads or writes that carried it; 0: none is known
    bool sharesFirst = false; ///< the first of them, or the only one, carried something before it, too
    bool sharesLast = false; ///< the last of them, or the only one, carried something behind it, too
    bool lost = false; ///< nobody has some of its bytes
    qsizetype together = 0; ///< calls is 1: so many messages came in that one, of which it carried all…
    qsizetype place = 0; ///< …and which of them it is, from 1
    bool withParts = false; ///< calls is 1: that one carried parts of others, too
    qint64 firstTime = 0; ///< of the first of them, nanoseconds since the epoch
    qint64 leastPause = 0; ///< nanoseconds between two of them that follow each other; -1: too many to look at each
    qint64 greatestPause = 0;

    friend bool operator==(const MessageFacts&, const MessageFacts&) = default;
};

/// One direction of a connection: its calls and its messages, put together. Costs nothing to make; refers to its parts.
class LaneStream {
public:
    LaneStream(const Capture& capture, const StreamMessages& messages, Direction direction);

    [[nodiscard]] Direction direction() const { return m_direction; }
    [[nodiscard]] const StreamMessages& messages() const { return m_messages; }
    [[nodiscard]] qsizetype messageCount() const { return m_messages.count(m_direction); }
    [[nodiscard]] MessageRecord message(qsizetype i) const { return m_messages.record(m_direction, i); }

    // As StreamIndex has them, of what is there at the moment of the call.
    [[nodiscard]] qint64 size() const;
    [[nodiscard]] qsizetype entryCount() const;
    [[nodiscard]] bool hasPieces() const;
    [[nodiscard]] StreamCall call(qsizetype entry) const;
    [[nodiscard]] StreamCall callAt(qint64 offset) const; ///< an empty one where there is none
    [[nodiscard]] qsizetype entryFrom(qint64 offset) const;
    [[nodiscard]] qsizetype entryFromTime(qint64 time) const;

    [[nodiscard]] CallFacts facts(const StreamCall& call) const;
    [[nodiscard]] MessageFacts facts(const MessageRecord& message) const;

private:
    [[nodiscard]] qint64 countCalls(const StreamCall& first, const StreamCall& last, MessageFacts& facts) const;

    const Capture& m_capture;
    const StreamMessages& m_messages;
    Direction m_direction;
};

} // namespace sockeye
