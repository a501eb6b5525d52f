// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/reader/conversation_table.h"

#include "app/formats/pcapng/format.h"
#include "app/marks/mark_book.h"
#include "app/platform/memory_size.h"

#include <QCoreApplication>
#include <QtEndian>

#include <algorithm>
#include <tuple>
#include <vector>

namespace sockeye {

using namespace pcapng;

namespace {

// Numbers in a file are hostile like everything in it; ours count from 1.
constexpr quint32 largestId = 1U << 30;

// In the file's time, in nanoseconds. A packet that was only captured late comes within milliseconds; a forged RST is
// shown to be one by the next thing that its alleged sender says.
constexpr qint64 holdTime = 5'000'000'000;
constexpr qint64 resetTime = 60'000'000'000;
// So many conversations may wait for such a thing.
constexpr std::size_t mostDue = 4096;

QHostAddress hostOf(const IpAddress& address, bool ipv6)
{
    if (ipv6) {
        return QHostAddress(reinterpret_cast<const quint8*>(address.bytes.data()));
    }
    return QHostAddress(qFromBigEndian<quint32>(address.bytes.data()));
}

/// What comments of the packet that opens a conversation, in a file of ours, say of it.
void takeMarksOf(const Packet& packet, ConnectionFacts& facts)
{
    for (const QByteArrayView comment : packet.comments) {
        (void)takeMarks(comment, facts);
    }
}

/// Whether so much of a file's time, which may be anything, has passed.
bool hasPassed(qint64 time, qint64 since, qint64 now)
{
    return static_cast<qint64>(static_cast<quint64>(now) - static_cast<quint64>(since)) > time;
}

} // namespace

bool ConversationTable::Transport::begins() const
{
    return ip.protocol == protocolTcp && (ip.flags & (syn | ack)) == syn;
}

void ConversationTable::add(const Packet& packet, bool own)
{
    m_lastTime = packet.time;
    settleDue(packet.time);
    const OpenedPacket* const opened = m_opener.open(packet);
    if (!opened) {
        return;
    }
    if (opened->ip.protocol == protocolTcp || opened->ip.protocol == protocolUdp) {
        addTransport(packet, opened->ip, opened->payload, opened->pieces, own);
    } else if (own && opened->ip.protocol == protocolEvent) {
        addEvent(packet, opened->ip, opened->payload);
    } else {
        m_unshown.add(UnshownPackets::Why::NoTransport);
    }
}

ConversationTable::Ends ConversationTable::endsOf(const IpPacket& ip, bool& sourceIsSmaller)
{
    sourceIsSmaller = std::tie(ip.source.bytes, ip.sourcePort) <= std::tie(ip.destination.bytes, ip.destinationPort);
    Ends ends;
    ends.protocol = ip.protocol;
    ends.ipv6 = ip.ipv6;
    ends.tuple = { ip.source, ip.destination, ip.sourcePort, ip.destinationPort };
    if (!sourceIsSmaller) {
        ends.tuple = { ip.destination, ip.source, ip.destinationPort, ip.sourcePort };
    }
    return ends;
}

Direction ConversationTable::directionOf(const Found& found, const Transport& transport)
{
    // Both ends alike: the first one to speak is the other side.
    return found.localIsSmaller == transport.sourceIsSmaller ? Direction::Out : Direction::In;
}

bool ConversationTable::isLocalSource(const Transport& transport)
{
    const IpPacket& ip = transport.ip;
    if (transport.own && (transport.packet.flags & 3) != 0) {
        return (transport.packet.flags & 3) == outbound;
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

bool ConversationTable::hasRoom()
{
    if (m_connections < m_limit) {
        ++m_connections;
        return true;
    }
    m_unshown.add(UnshownPackets::Why::NoRoom);
    return false;
}

void ConversationTable::create(Found& found, const Transport& transport, quint32 wantedId)
{
    const IpPacket& ip = transport.ip;
    const Packet& packet = transport.packet;
    const bool own = transport.own;
    const bool sourceIsLocal = isLocalSource(transport);
    const quint32 id = takeId(wantedId);
    if (id != wantedId && wantedId != 0) {
        m_renamed[wantedId] = id;
    }
    ConnectionFacts facts;
    facts.transport = ip.protocol == protocolUdp ? sockeye::Transport::Udp : sockeye::Transport::Tcp;
    const SocketAddress source { hostOf(ip.source, ip.ipv6), ip.sourcePort };
    const SocketAddress destination { hostOf(ip.destination, ip.ipv6), ip.destinationPort };
    facts.local = sourceIsLocal ? source : destination;
    facts.peer = sourceIsLocal ? destination : source;
    facts.weConnected = sourceIsLocal && (ip.protocol == protocolUdp || (ip.flags & (syn | ack)) == syn);
    facts.midway = ip.protocol == protocolTcp && (ip.flags & syn) == 0;
    if (own) {
        takeMarksOf(packet, facts);
    }
    found.conversation = std::make_unique<Conversation>(m_pipe, m_scratch, id, own);
    found.id = id;
    found.localIsSmaller = sourceIsLocal == transport.sourceIsSmaller;
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
    const Packet& packet, const IpPacket& ip, QByteArrayView payload, std::span<const PayloadPiece> pieces, bool own)
{
    Transport transport { packet, ip, payload, pieces, own };
    const Ends ends = endsOf(ip, transport.sourceIsSmaller);
    const auto it = m_current.find(ends);
    Found fresh;
    Found* found = it == m_current.end() ? &fresh : &it->second;
    if (found->syn) {
        weighSyn(*found, transport);
    }
    if (isDoubtfulSyn(*found, transport)) {
        if (found->syn && !found->conversation->isAnswered()) {
            takeHeldSyn(*found); // attempts, one after the other
        }
        found->syn = std::make_unique<HeldSyn>(HeldSyn {
            ip, std::vector<PayloadPiece>(pieces.begin(), pieces.end()), packet.time, transport.sourceIsSmaller });
        addComments(packet, found->id, Beginning());
        return;
    }
    if (found->id == 0 || isOfNewConnection(*found, transport)) {
        if (!hasRoom()) {
            return;
        }
        quint32 wanted = 0;
        if (own && transport.begins()) {
            wanted = connectionOf(ip.sequence, isLocalSource(transport) ? Direction::Out : Direction::In);
        }
        if (found == &fresh) {
            found = &m_current[ends];
        }
        finish(*found);
        create(*found, transport, wanted);
    }
    const ConversationPacket inside { ip, directionOf(*found, transport), payload, pieces, packet.time };
    const bool isMarked = found->conversation && !packet.comments.empty();
    const Beginning beginning { inside.direction, isMarked ? found->conversation->offsetOf(inside) : -1, pieces };
    if (found->conversation && ip.protocol == protocolTcp) { // else: repeated last words
        const bool wasHolding = found->conversation->isHolding();
        const bool wasReset = found->conversation->isReset();
        found->conversation->addTcp(inside);
        if (found->conversation->isClosed()) {
            finish(*found);
        } else {
            if (found->conversation->isHolding() && !wasHolding) {
                m_holding.push_back({ ends, packet.time });
            }
            if (found->conversation->isReset() && !wasReset) {
                m_reset.push_back({ ends, packet.time });
            }
        }
    } else if (found->conversation) {
        found->conversation->addDatagram(inside);
    }
    addComments(packet, found->id, beginning);
}

bool ConversationTable::isDoubtfulSyn(const Found& found, const Transport& transport)
{
    return found.conversation && transport.begins() && !transport.own && !found.conversation->isOver()
        && found.conversation->isOtherSyn({ transport.ip, directionOf(found, transport), {}, {}, 0 });
}

bool ConversationTable::isOfNewConnection(const Found& found, const Transport& transport)
{
    const IpPacket& ip = transport.ip;
    if (ip.protocol != protocolTcp) {
        return false;
    }
    const Direction direction = directionOf(found, transport);
    if (found.conversation) {
        return transport.begins()
            && ((!transport.own && found.conversation->isReset())
                || found.conversation->isOtherSyn({ ip, direction, {}, {}, 0 }));
    }
    if (transport.begins()) {
        return true;
    }
    // Bytes that are no repetition of the last ones: of a connection whose beginning was not captured.
    const auto size = static_cast<quint32>(ip.size + ip.missing);
    const quint32 back = found.ended[static_cast<std::size_t>(direction)] - (ip.sequence + size);
    return !transport.own && size > 0 && back > TcpReassembler::farthest;
}

void ConversationTable::weighSyn(Found& found, const Transport& transport)
{
    if (transport.begins() || transport.ip.protocol != protocolTcp) {
        return;
    }
    const IpPacket& ip = transport.ip;
    const quint32 behind = found.syn->ip.sequence + 1;
    if (transport.sourceIsSmaller != found.syn->sourceIsSmaller) {
        if ((ip.flags & ack) != 0 && ip.acknowledged == behind) {
            takeHeldSyn(found); // taken up by the other side
        }
    } else if (ip.sequence == behind && (ip.flags & syn) == 0) {
        takeHeldSyn(found); // followed by what comes behind it
    } else if (found.conversation->fits({ ip, directionOf(found, transport), {}, {}, 0 })) {
        found.forgedSyn = found.syn->ip.sequence; // its sender goes on as before
        found.syn.reset();
    }
}

void ConversationTable::takeHeldSyn(Found& found)
{
    const std::unique_ptr<HeldSyn> held = std::move(found.syn);
    if (!hasRoom()) {
        return;
    }
    Packet packet;
    packet.time = held->time;
    const Transport transport { packet, held->ip, {}, held->pieces, false, held->sourceIsSmaller };
    finish(found);
    create(found, transport, 0);
    found.conversation->addTcp({ held->ip, directionOf(found, transport), {}, held->pieces, held->time });
}

/// Tells what is missing in the conversation and lets go of it.
void ConversationTable::finish(Found& found)
{
    found.syn.reset();
    found.forgedSyn.reset();
    if (!found.conversation) {
        return;
    }
    if (!found.conversation->isClosed()) {
        found.conversation->giveUp();
    }
    for (const Direction direction : { Direction::In, Direction::Out }) {
        found.ended[static_cast<std::size_t>(direction)] = found.conversation->nextSequence(direction);
    }
    found.conversation.reset();
}

void ConversationTable::settleDue(qint64 time)
{
    while (!m_holding.empty() && (m_holding.size() > mostDue || hasPassed(holdTime, m_holding.front().since, time))) {
        if (const auto it = m_current.find(m_holding.front().ends); it != m_current.end() && it->second.conversation) {
            it->second.conversation->release();
            if (it->second.conversation->isClosed()) {
                finish(it->second);
            }
        }
        m_holding.pop_front();
    }
    while (!m_reset.empty() && (m_reset.size() > mostDue || hasPassed(resetTime, m_reset.front().since, time))) {
        if (const auto it = m_current.find(m_reset.front().ends);
            it != m_current.end() && it->second.conversation && it->second.conversation->isReset()) {
            finish(it->second);
        }
        m_reset.pop_front();
    }
}

void ConversationTable::addEvent(const Packet& packet, const IpPacket& ip, QByteArrayView payload)
{
    const std::optional<EventLine> line = parseEventLine(payload);
    if (!line) {
        m_unshown.add(UnshownPackets::Why::NoTransport);
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
        facts.transport = sockeye::Transport::Udp;
        facts.local = { hostOf(ip.source, ip.ipv6), line->localPort };
        facts.peer = { hostOf(ip.destination, ip.ipv6), line->peerPort };
        facts.weConnected = line->weConnected;
        takeMarksOf(packet, facts);
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
    addComments(packet, connection, Beginning());
}

/// Whether the comment is a mark of a byte of that packet, for which there was room.
bool ConversationTable::addMark(
    const Packet& packet, QByteArrayView comment, quint32 connection, const Beginning& beginning)
{
    const std::optional<MarkComment> said = parseMarkComment(comment);
    if (!said || beginning.offset < 0) {
        return false;
    }
    MessageMark mark;
    mark.place = { connection, beginning.direction, beginning.offset };
    mark.time = packet.time;
    mark.colour = said->colour;
    mark.note = said->note;
    if (said->byte >= 0) {
        const qint64 position = said->byte < packet.bytes.size() ? packet.position + said->byte : -1;
        const auto piece = std::ranges::find_if(beginning.pieces, [position](const PayloadPiece& each) {
            return position >= each.position && position < each.position + each.size;
        });
        if (piece == beginning.pieces.end()) {
            return false;
        }
        for (auto before = beginning.pieces.begin(); before != piece; ++before) {
            mark.place.offset += before->size;
        }
        mark.place.offset += position - piece->position;
    }
    return m_pipe.marks().takeFromFile(mark, packet.position);
}

void ConversationTable::addComments(const Packet& packet, quint32 connection, const Beginning& beginning)
{
    for (QByteArrayView comment : packet.comments) {
        ConnectionFacts told; // with the opening
        comment = takeMarks(comment, told);
        if (comment.isEmpty() || comment == gapMark) { // its conversation tells
            continue;
        }
        if (addMark(packet, comment, connection, beginning)) {
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

void ConversationTable::settle(const SkippedPackets& skipped, bool final)
{
    std::vector<Found*> open;
    for (auto& [ends, found] : m_current) {
        if (found.syn && found.forgedSyn == found.syn->ip.sequence) {
            found.syn.reset(); // said again, and nobody took it up
        } else if (found.syn) {
            takeHeldSyn(found);
        }
        if (found.conversation) {
            open.push_back(&found);
        }
    }
    std::sort(open.begin(), open.end(),
        [](const Found* a, const Found* b) { return a->conversation->id() < b->conversation->id(); });
    for (Found* each : open) {
        each->conversation->giveUp();
        if (each->conversation->isClosed()) {
            finish(*each);
        }
    }
    m_holding.clear();
    m_reset.clear();
    m_opener.countFragments(final);
    using Why = UnshownPackets::Why;
    m_unshown.set(Why::UndeclaredInterface, skipped.undeclared);
    m_unshown.set(Why::BrokenBlock, skipped.broken);
    m_unshown.tell(m_pipe, m_lastTime, final);
}

} // namespace sockeye
