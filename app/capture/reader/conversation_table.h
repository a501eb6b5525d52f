// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/capture/pcapng/event_text.h"
#include "app/capture/pcapng/flow.h"
#include "app/capture/reader/conversation.h"
#include "app/capture/reader/packet_source.h"

#include <map>
#include <memory>
#include <unordered_map>
#include <unordered_set>

namespace sockeye {

/// Finds for each packet of a file the conversation that it belongs to.
class ConversationTable {
public:
    /// How many connections a quarter of the machine's memory holds: what each costs is many times its packet, and a
    /// file may hold one in every packet.
    [[nodiscard]] static std::size_t roomInMemory();

    explicit ConversationTable(ImportPipe& pipe, std::size_t limit = roomInMemory())
        : m_pipe(pipe)
        , m_limit(limit)
    {
    }

    void add(const Packet& packet, bool own);
    /// Nothing more comes for a while: tells what is missing, and what could not be shown. More may be added, unless it
    /// is `final`; if it is not, what could not be shown is told again only once it has doubled.
    void settle(bool final = true);
    [[nodiscard]] std::size_t limit() const { return m_limit; }
    [[nodiscard]] bool isFull() const { return m_leftOut.count > 0; } ///< packets had to be left out

private:
    struct Ends {
        pcapng::Tuple tuple; ///< "local" is the smaller end here, so that both directions have one key
        quint8 protocol = 0;
        friend bool operator==(const Ends&, const Ends&) = default;
    };
    struct EndsHash {
        std::size_t operator()(const Ends& ends) const noexcept
        {
            return pcapng::TupleHash()(ends.tuple) ^ ends.protocol;
        }
    };
    /// The last conversation between two ends.
    struct Found {
        std::unique_ptr<Conversation> conversation; ///< null once it is over: most of a long capture's are
        quint32 id = 0; ///< 0: not there yet
        bool localIsSmaller = false; ///< our end is the smaller one of the key
    };
    /// Packets that are not shown.
    struct Unshown {
        qint64 count = 0;
        qint64 told = 0;
    };

    void addTransport(const Packet& packet, const IpPacket& ip, QByteArrayView payload, qint64 position, bool own);
    void addEvent(const Packet& packet, const IpPacket& ip, QByteArrayView payload);
    void addComments(const Packet& packet, quint32 connection);
    void create(Found& found, bool sourceIsSmaller, bool sourceIsLocal, const Packet& packet, const IpPacket& ip,
        quint32 wantedId, bool own);
    /// Whether one more may be kept; counts the packet if not.
    [[nodiscard]] bool hasRoom();
    /// The number that a new connection has from now on: `wanted`, if it is free.
    [[nodiscard]] quint32 takeId(quint32 wanted);
    [[nodiscard]] static Ends endsOf(const IpPacket& ip, bool& sourceIsSmaller);
    [[nodiscard]] static bool isLocalSource(const Packet& packet, const IpPacket& ip, bool own);
    void tell(const char* text, Unshown& unshown, bool final, const QString& subject = {});

    ImportPipe& m_pipe;
    ConversationScratch m_scratch;
    const std::size_t m_limit;
    std::size_t m_connections = 0; ///< that there ever were
    std::unordered_map<Ends, Found, EndsHash> m_current;
    std::unordered_set<quint32> m_ids; ///< of all connections that there were
    std::unordered_map<quint32, quint32> m_renamed; ///< numbers of the file that were taken already
    quint32 m_nextId = 1;
    qint64 m_lastTime = 0;
    std::map<quint32, Unshown> m_unknownLinks; ///< by link type
    Unshown m_fragments;
    Unshown m_otherPackets;
    Unshown m_leftOut;
};

} // namespace sockeye
