// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/capture/reader/import_pipe.h"
#include "app/capture/reader/ip_packet.h"
#include "app/capture/reader/tcp_reassembler.h"

#include <array>
#include <vector>

namespace sockeye {

/// A packet on its way into a conversation.
struct ConversationPacket {
    const IpPacket& ip;
    Direction direction = Direction::In;
    QByteArrayView payload;
    qint64 position = 0; ///< of the payload in the file
    qint64 time = 0;
};

/// What conversations of one file use in turn: an event and buffers whose making would cost more than their use.
struct ConversationScratch {
    CaptureEvent event; ///< between two uses nothing but the usual fields differ from a new one's
    std::vector<TcpReassembler::Piece> pieces;
    QByteArray bytes;
};

/// One TCP connection or one pair of UDP ends in a file, turned back into the events that it came from.
class Conversation {
public:
    /// `own`: from a file of ours, where PSH ends a read or write; elsewhere each packet stands for one.
    Conversation(ImportPipe& pipe, ConversationScratch& scratch, quint32 id, bool own);

    void open(const ConnectionFacts& facts, qint64 time);
    void addTcp(const ConversationPacket& packet);
    void addDatagram(const ConversationPacket& packet);
    /// Nothing more comes: tells what is missing.
    void giveUp(qint64 time);
    void close(CloseKind kind, qint64 time);

    [[nodiscard]] quint32 id() const { return m_id; }
    [[nodiscard]] bool isClosed() const { return m_closed; }
    /// Whether the packet, a SYN without ACK, begins another connection between the same ends.
    [[nodiscard]] bool isOtherSyn(const ConversationPacket& packet) const;

private:
    struct Side {
        TcpReassembler order;
        std::vector<PayloadPiece> gathered; ///< of the segment that is not whole yet
        qint64 gatheredSize = 0;
        qint64 gatheredTime = 0;
        quint32 initialSequence = 0;
        bool hasInitial = false;
        bool finished = false;
    };
    [[nodiscard]] Side& side(Direction direction) { return m_sides[static_cast<std::size_t>(direction)]; }
    void take(Direction direction, const ConversationPacket* packet);
    void segment(Direction direction, const ConversationPacket* packet);
    void gap(Direction direction, const TcpReassembler::Piece& missing);
    void finishIfDue(Direction direction, qint64 time);
    [[nodiscard]] CaptureEvent& event(EventKind kind, Direction direction, qint64 time);

    ImportPipe& m_pipe;
    ConversationScratch& m_scratch;
    const quint32 m_id;
    const bool m_own;
    bool m_closed = false;
    bool m_answered = false; ///< both sides have spoken
    std::array<Side, 2> m_sides; ///< by Direction
};

} // namespace sockeye
