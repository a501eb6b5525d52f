// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/events/event.h"
#include "app/formats/pcapng/packet_builder.h"

#include <QHashFunctions>

#include <array>

namespace sockeye::pcapng {

/// One conversation as our files tell it: where its made-up sequence numbers stand.
struct Flow {
    Transport transport = Transport::Tcp;
    bool ipv6 = false;
    IpAddress local;
    IpAddress peer;
    quint16 localPort = 0;
    quint16 peerPort = 0;

    /// One direction. Index it with Direction: In is what the peer sends.
    struct Side {
        quint32 next = 0; ///< sequence number of the next byte
        bool finished = false;
        qint64 bytesUnacknowledged = 0;
        int packetsUnacknowledged = 0;
        quint16 window = 65535;
    };
    std::array<Side, 2> sides;

    [[nodiscard]] Side& side(Direction direction) { return sides[static_cast<std::size_t>(direction)]; }
    [[nodiscard]] bool bothOpen() const { return !sides[0].finished && !sides[1].finished; }
};

[[nodiscard]] constexpr Direction opposite(Direction direction)
{
    return direction == Direction::In ? Direction::Out : Direction::In;
}

/// Initial sequence numbers carry the connection's number, so that a reader finds it again, and so that the same pair
/// of addresses, used again, begins somewhere else.
[[nodiscard]] constexpr quint32 initialSequence(quint32 connection, Direction direction)
{
    return direction == Direction::Out ? connection : ~connection;
}
[[nodiscard]] constexpr quint32 connectionOf(quint32 sequence, Direction direction)
{
    return direction == Direction::Out ? sequence : ~sequence;
}

/// The ends of a conversation: what tells it from others in a file.
struct Tuple {
    IpAddress local;
    IpAddress peer;
    quint16 localPort = 0;
    quint16 peerPort = 0;
    friend bool operator==(const Tuple&, const Tuple&) = default;
};
struct TupleHash {
    std::size_t operator()(const Tuple& tuple) const noexcept
    {
        return qHashBits(tuple.local.bytes.data(), 16,
            qHashBits(tuple.peer.bytes.data(), 16, (std::size_t { tuple.localPort } << 16) | tuple.peerPort));
    }
};

/// A conversation between these ends, at its beginning. Unknown addresses and ports become plausible ones.
[[nodiscard]] Flow newFlow(quint32 connection, const ConnectionFacts& facts);

} // namespace sockeye::pcapng
