// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/capture/reader/conversation_table.h"

#include "app/capture/pcapng/format.h"
#include "app/capture/reader/link_layer.h"

#include <QCoreApplication>
#include <QtEndian>

#include <algorithm>
#include <tuple>

namespace sockeye {

using namespace pcapng;

namespace {

// Numbers in a file are hostile like everything in it; ours count from 1.
constexpr quint32 largestId = 1U << 30;

QHostAddress hostOf(const IpAddress& address, bool ipv6)
{
    if (ipv6) {
        return QHostAddress(reinterpret_cast<const quint8*>(address.bytes.data()));
    }
    return QHostAddress(qFromBigEndian<quint32>(address.bytes.data()));
}

int countOf(qint64 count)
{
    return static_cast<int>(std::min<qint64>(count, std::numeric_limits<int>::max()));
}

} // namespace

void ConversationTable::add(const Packet& packet, bool own)
{
    m_lastTime = packet.time;
    if (!isKnownLink(packet.linkType)) {
        ++m_unknownLinks;
        return;
    }
    const qsizetype at = ipOffset(packet.linkType, packet.bytes);
    const std::optional<IpPacket> ip = at < 0 ? std::nullopt : parseIp(packet.bytes.sliced(at));
    if (!ip) {
        ++m_otherPackets;
        return;
    }
    if (ip->fragment) {
        ++m_fragments;
        return;
    }
    const QByteArrayView payload = packet.bytes.sliced(at + ip->payload, ip->size);
    if (ip->protocol == protocolTcp || ip->protocol == protocolUdp) {
        addTransport(packet, *ip, payload, packet.position + at + ip->payload, own);
    } else if (own && ip->protocol == protocolEvent) {
        addEvent(packet, *ip, payload);
    } else {
        ++m_otherPackets;
    }
}

ConversationTable::Ends ConversationTable::endsOf(const IpPacket& ip, bool& sourceIsSmaller)
{
    sourceIsSmaller = std::tie(ip.source.bytes, ip.sourcePort) <= std::tie(ip.destination.bytes, ip.destinationPort);
    Ends ends;
    ends.protocol = ip.protocol;
    ends.tuple = { ip.source, ip.destination, ip.sourcePort, ip.destinationPort };
    if (!sourceIsSmaller) {
        ends.tuple = { ip.destination, ip.source, ip.destinationPort, ip.sourcePort };
    }
    return ends;
}

bool ConversationTable::isLocalSource(const Packet& packet, const IpPacket& ip, bool own)
{
    if (own && (packet.flags & 3) != 0) {
        return (packet.flags & 3) == outbound;
    }
    // In a foreign file we stand where the server stands: the side that got the SYN, or the first datagram.
    if (ip.protocol == protocolUdp) {
        return false;
    }
    if ((ip.flags & syn) != 0) {
        return (ip.flags & ack) != 0;
    }
    return ip.sourcePort < ip.destinationPort;
}

quint32 ConversationTable::freeId(quint32 wanted)
{
    if (wanted != 0 && wanted < largestId && !m_log.knows(wanted)) {
        return wanted;
    }
    while (m_log.knows(m_nextId)) {
        ++m_nextId;
    }
    return m_nextId;
}

ConversationTable::Found& ConversationTable::create(const Ends& ends, bool sourceIsSmaller, bool sourceIsLocal,
    const Packet& packet, const IpPacket& ip, quint32 wantedId, bool own)
{
    const quint32 id = freeId(wantedId);
    if (id != wantedId && wantedId != 0) {
        m_renamed[wantedId] = id;
    }
    ConnectionFacts facts;
    facts.transport = ip.protocol == protocolUdp ? Transport::Udp : Transport::Tcp;
    const SocketAddress source { hostOf(ip.source, ip.ipv6), ip.sourcePort };
    const SocketAddress destination { hostOf(ip.destination, ip.ipv6), ip.destinationPort };
    facts.local = sourceIsLocal ? source : destination;
    facts.peer = sourceIsLocal ? destination : source;
    facts.weConnected = sourceIsLocal && (ip.protocol == protocolUdp || (ip.flags & (syn | ack)) == syn);
    Found& found = m_current[ends];
    found.conversation = &m_all.emplace_back(m_log, id, own);
    found.localIsSmaller = sourceIsLocal == sourceIsSmaller;
    found.conversation->open(facts, packet.time);
    return found;
}

void ConversationTable::addTransport(
    const Packet& packet, const IpPacket& ip, QByteArrayView payload, qint64 position, bool own)
{
    bool sourceIsSmaller = false;
    const Ends ends = endsOf(ip, sourceIsSmaller);
    const auto it = m_current.find(ends);
    Found found = it == m_current.end() ? Found() : it->second;
    const auto directionOf = [&](const Found& in) {
        // Both ends alike: the first one to speak is the other side.
        return in.localIsSmaller == sourceIsSmaller ? Direction::Out : Direction::In;
    };
    const bool begins = ip.protocol == protocolTcp && (ip.flags & (syn | ack)) == syn;
    if (found.conversation && begins
        && found.conversation->isOtherSyn({ ip, directionOf(found), payload, position, packet.time })) {
        found.conversation->giveUp(packet.time);
        found.conversation = nullptr;
    }
    if (!found.conversation) {
        if (isFull()) {
            ++m_leftOut;
            return;
        }
        const bool sourceIsLocal = isLocalSource(packet, ip, own);
        quint32 wanted = 0;
        if (own && begins) {
            wanted = connectionOf(ip.sequence, sourceIsLocal ? Direction::Out : Direction::In);
        }
        found = create(ends, sourceIsSmaller, sourceIsLocal, packet, ip, wanted, own);
    }
    const ConversationPacket inside { ip, directionOf(found), payload, position, packet.time };
    if (ip.protocol == protocolTcp) {
        found.conversation->addTcp(inside);
    } else {
        found.conversation->addDatagram(inside);
    }
    addComments(packet, found.conversation->id());
}

void ConversationTable::addEvent(const Packet& packet, const IpPacket& ip, QByteArrayView payload)
{
    const std::optional<EventLine> line = parseEventLine(payload);
    if (!line) {
        ++m_otherPackets;
        return;
    }
    const auto renamed = m_renamed.find(line->connection);
    quint32 connection = renamed == m_renamed.end() ? line->connection : renamed->second;
    if (line->kind == EventKind::Opened && !isFull()) {
        IpPacket first = ip; // from us to the peer
        first.protocol = protocolUdp;
        first.sourcePort = line->localPort;
        first.destinationPort = line->peerPort;
        bool sourceIsSmaller = false;
        const Ends ends = endsOf(first, sourceIsSmaller);
        const quint32 id = freeId(line->connection);
        if (id != line->connection) {
            m_renamed[line->connection] = id;
        }
        ConnectionFacts facts;
        facts.transport = Transport::Udp;
        facts.local = { hostOf(ip.source, ip.ipv6), line->localPort };
        facts.peer = { hostOf(ip.destination, ip.ipv6), line->peerPort };
        facts.weConnected = line->weConnected;
        Found& found = m_current[ends];
        found.conversation = &m_all.emplace_back(m_log, id, true);
        found.localIsSmaller = sourceIsSmaller;
        found.conversation->open(facts, packet.time);
        connection = id;
    } else if (line->kind == EventKind::Finished || line->kind == EventKind::Closed) {
        CaptureEvent event;
        event.kind = line->kind;
        event.direction = line->direction;
        event.closeKind = line->closeKind;
        event.connection = connection;
        event.time = packet.time;
        m_log.add(event, {});
    }
    addComments(packet, connection);
}

void ConversationTable::addComments(const Packet& packet, quint32 connection)
{
    for (const QByteArrayView comment : packet.comments) {
        CaptureEvent event;
        if (!parseComment(comment, event)) {
            event.kind = EventKind::Note;
            event.text = QString::fromUtf8(comment);
        }
        event.connection = connection;
        event.time = packet.time;
        m_log.add(event, {});
    }
}

void ConversationTable::note(const QString& text)
{
    CaptureEvent event;
    event.kind = EventKind::Note;
    event.time = m_lastTime;
    event.text = text;
    m_log.add(event, {});
}

void ConversationTable::finish()
{
    for (Conversation& each : m_all) {
        if (!each.isClosed()) {
            each.giveUp(m_lastTime);
        }
    }
    const auto tell = [this](const char* text, qint64 count) {
        if (count > 0) {
            note(QCoreApplication::translate("CaptureReader", text, nullptr, countOf(count)));
        }
    };
    tell("%n packet(s) of a link type that Sockeye cannot read are not shown.", m_unknownLinks);
    tell("%n packet(s) that hold neither TCP nor UDP over IP are not shown.", m_otherPackets);
    tell("%n fragment(s) of IP packets are not put together: what they carried is missing.", m_fragments);
    tell("%n packet(s) of further connections are not shown: the file holds too many.", m_leftOut);
}

} // namespace sockeye
