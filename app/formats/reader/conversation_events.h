// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/formats/reader/import_pipe.h"
#include "app/formats/reader/ip_packet.h"
#include "app/formats/reader/tcp_reassembler.h"

#include <array>
#include <span>
#include <vector>

namespace sockeye {

/// A packet on its way into a conversation.
struct ConversationPacket {
    const IpPacket& ip;
    Direction direction = Direction::In;
    QByteArrayView payload; ///< empty of a packet that was held back: its bytes are in the file
    std::span<const PayloadPiece> pieces; ///< where the payload lies in the file: one, or several of a packet that
                                          ///< came in IP fragments
    qint64 time = 0;
};

/// What conversations of one file use in turn: an event and buffers whose making would cost more than their use.
struct ConversationScratch {
    CaptureEvent event; ///< between two uses nothing but the usual fields differ from a new one's
    std::vector<TcpReassembler::Piece> pieces;
    QByteArray bytes;
};

/// Makes the events of one conversation of what came out of its packets.
class ConversationEvents {
public:
    /// `own`: from a file of ours, where PSH ends a read or write; elsewhere each packet stands for one.
    ConversationEvents(ImportPipe& pipe, ConversationScratch& scratch, quint32 id, bool own);

    [[nodiscard]] quint32 id() const { return m_id; }
    [[nodiscard]] ConversationScratch& scratch() { return m_scratch; }

    void opened(const ConnectionFacts& facts, qint64 time);
    /// The pieces in the scratch, which go on in that direction; bytes of `packet`, if it is given, are at hand.
    void take(Direction direction, const ConversationPacket* packet);
    /// What was gathered is a chunk, though its end has not come.
    void flush(Direction direction, const ConversationPacket* packet);
    void datagram(const ConversationPacket& packet);
    /// Of all datagrams so far: bytes.
    [[nodiscard]] qint64 datagramBytes(Direction direction) const
    {
        return m_datagramBytes[static_cast<std::size_t>(direction)];
    }
    void finished(Direction direction, qint64 time);
    void closed(CloseKind kind, qint64 time);
    void note(Direction direction, const QString& text, qint64 time, QLatin1StringView code = {});

private:
    /// A chunk that is not whole yet.
    struct Gathered {
        std::vector<PayloadPiece> pieces;
        qint64 size = 0;
        qint64 time = 0;
    };
    [[nodiscard]] Gathered& gathered(Direction direction) { return m_gathered[static_cast<std::size_t>(direction)]; }
    [[nodiscard]] CaptureEvent& event(EventKind kind, Direction direction, qint64 time);
    void gap(Direction direction, const TcpReassembler::Piece& missing);

    ImportPipe& m_pipe;
    ConversationScratch& m_scratch;
    const quint32 m_id;
    const bool m_own;
    std::array<Gathered, 2> m_gathered; ///< by Direction
    std::array<qint64, 2> m_datagramBytes {}; ///< likewise
};

} // namespace sockeye
