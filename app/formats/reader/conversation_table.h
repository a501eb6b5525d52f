// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/formats/pcapng/event_text.h"
#include "app/formats/pcapng/flow.h"
#include "app/formats/reader/conversation.h"
#include "app/formats/reader/packet_opener.h"
#include "app/formats/reader/packet_source.h"
#include "app/formats/reader/unshown_packets.h"

#include <array>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <unordered_set>

namespace sockeye {

/// Finds for each packet of a file the conversation that it belongs to.
class ConversationTable {
public:
    /// `limit`: of connections.
    ConversationTable(ImportPipe& pipe, std::size_t limit)
        : m_pipe(pipe)
        , m_limit(limit)
    {
    }

    void add(const Packet& packet, bool own);
    /// Nothing more comes for a while: tells what is missing, and what could not be shown (`skipped`: of which the
    /// source could make no packet). More may be added, unless it is `final`.
    void settle(const SkippedPackets& skipped, bool final = true);
    [[nodiscard]] std::size_t limit() const { return m_limit; }
    /// Whether packets had to be left out.
    [[nodiscard]] bool isFull() const { return m_unshown.seen(UnshownPackets::Why::NoRoom) > 0; }

private:
    struct Ends {
        pcapng::Tuple tuple; ///< "local" is the smaller end here, so that both directions have one key
        quint8 protocol = 0;
        bool ipv6 = false; ///< addresses of both versions can be alike in their bytes
        friend bool operator==(const Ends&, const Ends&) = default;
    };
    struct EndsHash {
        std::size_t operator()(const Ends& ends) const noexcept
        {
            return pcapng::TupleHash()(ends.tuple) ^ ends.protocol ^ (ends.ipv6 ? 0x100U : 0U);
        }
    };
    /// A packet of TCP or UDP, and what is to be known of it.
    struct Transport {
        const Packet& packet; ///< of fragments: the last one
        const IpPacket& ip;
        QByteArrayView payload;
        std::span<const PayloadPiece> pieces;
        bool own = false;
        bool sourceIsSmaller = false;

        /// A SYN without ACK.
        [[nodiscard]] bool begins() const;
    };
    /// A SYN that may be of a new connection between the ends of one that lives, or forged: what comes next shows it.
    struct HeldSyn {
        IpPacket ip;
        std::vector<PayloadPiece> pieces;
        qint64 time = 0;
        bool sourceIsSmaller = false;
    };
    /// The last conversation between two ends.
    struct Found {
        std::unique_ptr<Conversation> conversation; ///< null once it is over: most of a long capture's are
        std::unique_ptr<HeldSyn> syn; ///< while the conversation is not over
        std::optional<quint32> forgedSyn; ///< the number of one that was not of another connection
        quint32 id = 0; ///< 0: not there yet
        bool localIsSmaller = false; ///< our end is the smaller one of the key
        std::array<quint32, 2> ended {}; ///< of one that is over, by direction: the sequence number behind all of it
    };
    /// A conversation that waits for something that may never come, since when.
    struct Due {
        Ends ends;
        qint64 since = 0;
    };

    void addTransport(const Packet& packet, const IpPacket& ip, QByteArrayView payload,
        std::span<const PayloadPiece> pieces, bool own);
    void addEvent(const Packet& packet, const IpPacket& ip, QByteArrayView payload);
    /// Where the payload of a packet begins in its stream.
    struct Beginning {
        Direction direction = Direction::In;
        qint64 offset = -1; ///< -1: it is of no stream
        std::span<const PayloadPiece> pieces;
    };
    void addComments(const Packet& packet, quint32 connection, const Beginning& beginning);
    [[nodiscard]] bool addMark(
        const Packet& packet, QByteArrayView comment, quint32 connection, const Beginning& beginning);
    /// A SYN between the ends of a connection that lives.
    [[nodiscard]] static bool isDoubtfulSyn(const Found& found, const Transport& transport);
    [[nodiscard]] static bool isOfNewConnection(const Found& found, const Transport& transport);
    void weighSyn(Found& found, const Transport& transport);
    void takeHeldSyn(Found& found);
    void finish(Found& found);
    void create(Found& found, const Transport& transport, quint32 wantedId);
    void settleDue(qint64 time);
    /// Whether one more may be kept; counts the packet if not.
    [[nodiscard]] bool hasRoom();
    /// The number that a new connection has from now on: `wanted`, if it is free.
    [[nodiscard]] quint32 takeId(quint32 wanted);
    [[nodiscard]] static Direction directionOf(const Found& found, const Transport& transport);
    [[nodiscard]] static Ends endsOf(const IpPacket& ip, bool& sourceIsSmaller);
    [[nodiscard]] static bool isLocalSource(const Transport& transport);

    ImportPipe& m_pipe;
    ConversationScratch m_scratch;
    const std::size_t m_limit;
    std::size_t m_connections = 0; ///< that there ever were
    std::unordered_map<Ends, Found, EndsHash> m_current;
    std::unordered_set<quint32> m_ids; ///< of all connections that there were
    std::unordered_map<quint32, quint32> m_renamed; ///< numbers of the file that were taken already
    quint32 m_nextId = 1;
    qint64 m_lastTime = 0;
    UnshownPackets m_unshown;
    PacketOpener m_opener { m_unshown };
    std::deque<Due> m_holding; ///< conversations that hold packets back, the oldest first
    std::deque<Due> m_reset; ///< conversations with a RST, likewise
};

} // namespace sockeye
