// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/capture/reader/conversation_table.h"

#include "app/capture/pcapng/format.h"
#include "app/capture/reader/link_layer.h"

#include <QCoreApplication>
#include <QtEndian>

#include <algorithm>
#include <tuple>
#include <unistd.h>

namespace sockeye {

using namespace pcapng;

namespace {

// Numbers in a file are hostile like everything in it; ours count from 1.
constexpr quint32 largestId = 1U << 30;

// Measured: a connection of three packets takes 1,540 bytes, with all that stands for it in index and reader.
constexpr std::size_t memoryOfOne = 2048;
constexpr std::size_t leastRoom = 100'000;

QHostAddress hostOf(const IpAddress& address, bool ipv6)
{
    if (ipv6) {
        return QHostAddress(reinterpret_cast<const quint8*>(address.bytes.data()));
    }
    return QHostAddress(qFromBigEndian<quint32>(address.bytes.data()));
}

bool isTlsMark(QByteArrayView comment)
{
    return comment.startsWith(tlsMark);
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
        ++m_unknownLinks[packet.linkType].count;
        return;
    }
    const qsizetype at = ipOffset(packet.linkType, packet.bytes);
    const std::optional<IpPacket> ip = at < 0 ? std::nullopt : parseIp(packet.bytes.sliced(at));
    if (!ip) {
        ++m_otherPackets.count;
        return;
    }
    if (ip->fragment) {
        ++m_fragments.count;
        return;
    }
    const QByteArrayView payload = packet.bytes.sliced(at + ip->payload, ip->size);
    if (ip->protocol == protocolTcp || ip->protocol == protocolUdp) {
        addTransport(packet, *ip, payload, packet.position + at + ip->payload, own);
    } else if (own && ip->protocol == protocolEvent) {
        addEvent(packet, *ip, payload);
    } else {
        ++m_otherPackets.count;
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

quint32 ConversationTable::takeId(quint32 wanted)
{
    if (wanted != 0 && wanted < largestId && m_ids.insert(wanted).second) {
        return wanted;
    }
    while (!m_ids.insert(m_nextId).second) {
        ++m_nextId;
    }
    return m_nextId;
}

std::size_t ConversationTable::roomInMemory()
{
    const auto memory = static_cast<std::size_t>(std::max(::sysconf(_SC_PHYS_PAGES), 0L))
        * static_cast<std::size_t>(std::max(::sysconf(_SC_PAGESIZE), 0L));
    return std::max(leastRoom, memory / 4 / memoryOfOne);
}

bool ConversationTable::hasRoom()
{
    if (m_connections < m_limit) {
        ++m_connections;
        return true;
    }
    ++m_leftOut.count;
    return false;
}

void ConversationTable::create(Found& found, bool sourceIsSmaller, bool sourceIsLocal, const Packet& packet,
    const IpPacket& ip, quint32 wantedId, bool own)
{
    const quint32 id = takeId(wantedId);
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
    facts.midway = ip.protocol == protocolTcp && (ip.flags & syn) == 0;
    facts.tls = own && ip.protocol == protocolTcp && std::ranges::any_of(packet.comments, &isTlsMark);
    found.conversation = std::make_unique<Conversation>(m_pipe, m_scratch, id, own);
    found.id = id;
    found.localIsSmaller = sourceIsLocal == sourceIsSmaller;
    found.conversation->open(facts, packet.time);
    if (facts.midway && !own) {
        CaptureEvent note;
        note.kind = EventKind::Note;
        note.connection = id;
        note.time = packet.time;
        note.text = QCoreApplication::translate("CaptureReader",
            "The beginning of this connection was not captured: what is shown begins somewhere in the middle.");
        m_pipe.add(note, {});
    }
}

void ConversationTable::addTransport(
    const Packet& packet, const IpPacket& ip, QByteArrayView payload, qint64 position, bool own)
{
    bool sourceIsSmaller = false;
    const Ends ends = endsOf(ip, sourceIsSmaller);
    const auto it = m_current.find(ends);
    Found fresh;
    Found* found = it == m_current.end() ? &fresh : &it->second;
    const auto directionOf = [&](const Found& in) {
        // Both ends alike: the first one to speak is the other side.
        return in.localIsSmaller == sourceIsSmaller ? Direction::Out : Direction::In;
    };
    const bool begins = ip.protocol == protocolTcp && (ip.flags & (syn | ack)) == syn;
    if (found->conversation && begins
        && found->conversation->isOtherSyn({ ip, directionOf(*found), payload, position, packet.time })) {
        found->conversation->giveUp(packet.time);
        found->conversation.reset();
    }
    if (found->id == 0 || (!found->conversation && begins)) {
        if (!hasRoom()) {
            return;
        }
        const bool sourceIsLocal = isLocalSource(packet, ip, own);
        quint32 wanted = 0;
        if (own && begins) {
            wanted = connectionOf(ip.sequence, sourceIsLocal ? Direction::Out : Direction::In);
        }
        if (found == &fresh) {
            found = &m_current[ends];
        }
        create(*found, sourceIsSmaller, sourceIsLocal, packet, ip, wanted, own);
    }
    const ConversationPacket inside { ip, directionOf(*found), payload, position, packet.time };
    if (found->conversation && ip.protocol == protocolTcp) { // else: repeated last words
        found->conversation->addTcp(inside);
        if (found->conversation->isClosed()) {
            found->conversation.reset();
        }
    } else if (found->conversation) {
        found->conversation->addDatagram(inside);
    }
    addComments(packet, found->id);
}

void ConversationTable::addEvent(const Packet& packet, const IpPacket& ip, QByteArrayView payload)
{
    const std::optional<EventLine> line = parseEventLine(payload);
    if (!line) {
        ++m_otherPackets.count;
        return;
    }
    const auto renamed = m_renamed.find(line->connection);
    quint32 connection = renamed == m_renamed.end() ? line->connection : renamed->second;
    if (line->kind == EventKind::Opened && hasRoom()) {
        IpPacket first = ip; // from us to the peer
        first.protocol = protocolUdp;
        first.sourcePort = line->localPort;
        first.destinationPort = line->peerPort;
        bool sourceIsSmaller = false;
        const Ends ends = endsOf(first, sourceIsSmaller);
        const quint32 id = takeId(line->connection);
        if (id != line->connection) {
            m_renamed[line->connection] = id;
        }
        ConnectionFacts facts;
        facts.transport = Transport::Udp;
        facts.local = { hostOf(ip.source, ip.ipv6), line->localPort };
        facts.peer = { hostOf(ip.destination, ip.ipv6), line->peerPort };
        facts.weConnected = line->weConnected;
        Found& found = m_current[ends];
        found.conversation = std::make_unique<Conversation>(m_pipe, m_scratch, id, true);
        found.id = id;
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
        m_pipe.add(event, {});
    }
    addComments(packet, connection);
}

void ConversationTable::addComments(const Packet& packet, quint32 connection)
{
    for (QByteArrayView comment : packet.comments) {
        if (isTlsMark(comment)) { // told with the opening
            comment = comment.sliced(std::min(comment.size(), static_cast<qsizetype>(sizeof tlsMark)));
            if (comment.isEmpty()) {
                continue;
            }
        }
        if (comment == gapMark) { // its conversation tells
            continue;
        }
        CaptureEvent event;
        if (!parseComment(comment, event)) {
            event.kind = EventKind::Note;
            event.text = QString::fromUtf8(comment);
        }
        event.connection = connection;
        event.time = packet.time;
        m_pipe.add(event, {});
    }
}

void ConversationTable::tell(const char* text, Unshown& unshown, bool final, const QString& subject)
{
    // A network always has some of those: a live capture must not get a line of them every other second.
    if (unshown.count == unshown.told || (!final && unshown.count < 2 * unshown.told)) {
        return;
    }
    unshown.told = unshown.count;
    CaptureEvent event;
    event.kind = EventKind::Note;
    event.time = m_lastTime;
    event.text = QCoreApplication::translate("CaptureReader", text, nullptr, countOf(unshown.count));
    if (!subject.isEmpty()) {
        event.text = event.text.arg(subject);
    }
    m_pipe.add(event, {});
}

void ConversationTable::settle(bool final)
{
    std::vector<Conversation*> open;
    for (const auto& [ends, found] : m_current) {
        if (found.conversation) {
            open.push_back(found.conversation.get());
        }
    }
    std::sort(open.begin(), open.end(), [](const Conversation* a, const Conversation* b) { return a->id() < b->id(); });
    for (Conversation* each : open) {
        each->giveUp(m_lastTime);
    }
    for (auto& [linkType, unshown] : m_unknownLinks) {
        tell("%n packet(s) of link type %1, which Sockeye cannot read, are not shown.", unshown, final,
            linkName(linkType));
    }
    tell("%n packet(s) that hold neither TCP nor UDP over IP are not shown.", m_otherPackets, final);
    tell("%n fragment(s) of IP packets are not put together: what they carried is missing.", m_fragments, final);
    tell("%n packet(s) of further connections are not shown: the memory holds no more.", m_leftOut, final);
}

} // namespace sockeye
