// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/capture/pcapng/event_text.h"
#include "app/capture/pcapng/flow.h"
#include "app/capture/reader/conversation.h"
#include "app/capture/reader/packet_source.h"

#include <deque>
#include <unordered_map>

namespace sockeye {

/// Finds for each packet of a file the conversation that it belongs to.
class ConversationTable {
public:
    /// Connections that one file may hold: what each costs in memory is many times its packet.
    static constexpr std::size_t limit = 1'000'000;

    explicit ConversationTable(CaptureLog& log)
        : m_log(log)
    {
    }

    void add(const Packet& packet, bool own);
    /// The file is at its end: what is missing is told, and what could not be shown.
    void finish();
    [[nodiscard]] bool isFull() const { return m_all.size() >= limit; }

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
    struct Found {
        Conversation* conversation = nullptr;
        bool localIsSmaller = false; ///< our end is the smaller one of the key
    };

    void addTransport(const Packet& packet, const IpPacket& ip, QByteArrayView payload, qint64 position, bool own);
    void addEvent(const Packet& packet, const IpPacket& ip, QByteArrayView payload);
    void addComments(const Packet& packet, quint32 connection);
    Found& create(const Ends& ends, bool sourceIsSmaller, bool sourceIsLocal, const Packet& packet, const IpPacket& ip,
        quint32 wantedId, bool own);
    [[nodiscard]] quint32 freeId(quint32 wanted);
    [[nodiscard]] static Ends endsOf(const IpPacket& ip, bool& sourceIsSmaller);
    [[nodiscard]] static bool isLocalSource(const Packet& packet, const IpPacket& ip, bool own);
    void note(const QString& text);

    CaptureLog& m_log;
    std::unordered_map<Ends, Found, EndsHash> m_current; ///< the last conversation between two ends
    std::deque<Conversation> m_all;
    std::unordered_map<quint32, quint32> m_renamed; ///< numbers of the file that were taken already
    quint32 m_nextId = 1;
    qint64 m_lastTime = 0;
    qint64 m_fragments = 0;
    qint64 m_unknownLinks = 0;
    qint64 m_otherPackets = 0;
    qint64 m_leftOut = 0;
};

} // namespace sockeye
