// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/formats/reader/repeated_segments.h"

#include <array>
#include <limits>
#include <vector>

namespace sockeye {

/// One TCP connection or one pair of UDP ends in a file, turned back into the events that it came from.
///
/// In files of others a TCP connection is judged by all of its packets: a RST ends it if nothing shows that it went on,
/// numbers of a handshake count when the other side took them up, and where bytes are missing that the other side has,
/// what follows is held back for a moment, in case that the capture only mixed up the order.
class Conversation {
public:
    /// `own`: from a file of ours, where PSH ends a read or write; elsewhere each packet stands for one.
    Conversation(ImportPipe& pipe, ConversationScratch& scratch, quint32 id, bool own);

    void open(const ConnectionFacts& facts, qint64 time);
    void addTcp(const ConversationPacket& packet);
    void addDatagram(const ConversationPacket& packet);
    /// Nothing more comes: tells what is missing, and closes the connection if there was a RST.
    void giveUp();
    /// As giveUp(), of what is held back alone.
    void release();
    void close(CloseKind kind, qint64 time);

    [[nodiscard]] quint32 id() const { return m_events.id(); }
    [[nodiscard]] bool isClosed() const { return m_closed; }
    /// There was a RST, and nothing since then that its sender would not have sent after it.
    [[nodiscard]] bool isReset() const { return m_resetAt != notReset; }
    [[nodiscard]] bool isHolding() const { return m_holding; }
    [[nodiscard]] qint64 lastTime() const { return m_lastTime; }
    /// Whether the packet, a SYN without ACK, is of another connection between the same ends, or forged.
    [[nodiscard]] bool isOtherSyn(const ConversationPacket& packet) const;
    /// Whether a new connection between the same ends is what is to be expected next.
    [[nodiscard]] bool isOver() const;
    /// Whether both sides have spoken.
    [[nodiscard]] bool isAnswered() const { return m_answered; }
    /// Whether the packet goes on where that side of this connection stands.
    [[nodiscard]] bool fits(const ConversationPacket& packet) const;
    /// Where the packet's payload begins in its stream, asked before the packet is added.
    [[nodiscard]] qint64 offsetOf(const ConversationPacket& packet) const;
    /// Behind everything that came from that side.
    [[nodiscard]] quint32 nextSequence(Direction direction) const;

private:
    static constexpr qint64 notReset = std::numeric_limits<qint64>::min();

    struct Side {
        TcpReassembler order;
        RepeatedSegments repeated;
        quint32 initialSequence = 0;
        std::array<quint32, 2> otherInitials {}; ///< of SYNs before the last one
        quint8 otherCount = 0;
        bool hasInitial = false;
        bool confirmed = false; ///< the other side, or what followed, took up the initial number
        bool strayResetTold = false;
        bool finished = false;
    };
    /// A packet that waits for what came before it.
    struct Held {
        IpPacket ip;
        Direction direction = Direction::In;
        bool isAcknowledged = false; ///< what it acknowledges was taken already
        qint64 time = 0;
        std::vector<PayloadPiece> pieces;
    };
    [[nodiscard]] Side& side(Direction direction) { return m_sides[static_cast<std::size_t>(direction)]; }
    [[nodiscard]] const Side& side(Direction direction) const { return m_sides[static_cast<std::size_t>(direction)]; }
    void process(const ConversationPacket& packet, bool mayHold, bool isAcknowledged);
    void takeSyn(Side& from, quint32 sequence);
    void chooseInitial(Direction direction, quint32 sequence);
    void tellRepeated(const ConversationPacket& packet, quint32 sequence);
    void addBytes(const ConversationPacket& packet, quint32 sequence);
    void reset(const ConversationPacket& packet, quint32 sequence, bool isAnswer);
    void checkReset(const ConversationPacket& packet, quint32 sequence);
    void hold(const ConversationPacket& packet, bool isAcknowledged);
    void drain(bool mayHold);
    [[nodiscard]] qint64 heldFrom(Direction direction) const;
    /// As ConversationEvents::take().
    void take(Direction direction, const ConversationPacket* packet) { m_events.take(direction, packet); }
    void finishIfDue(Direction direction, qint64 time);

    ConversationEvents m_events;
    ConversationScratch& m_scratch;
    const bool m_own;
    bool m_closed = false;
    bool m_answered = false; ///< both sides have spoken
    bool m_holding = false;
    Direction m_resetBy = Direction::In;
    qint64 m_resetAt = notReset; ///< when the first RST came
    quint32 m_resetSequence = 0;
    qint64 m_resetOffset = 0; ///< in its sender's stream: where it stands
    qint64 m_resetSeen = 0; ///< in the other stream: what its sender can have seen of it
    qint64 m_lastTime = 0; ///< of a packet
    std::vector<Held> m_held; ///< if holding, in the order in which they came
    std::array<Side, 2> m_sides; ///< by Direction
};

} // namespace sockeye
