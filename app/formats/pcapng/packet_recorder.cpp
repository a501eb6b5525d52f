// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/pcapng/packet_recorder.h"

#include "app/formats/pcapng/block_writer.h"
#include "app/formats/pcapng/format.h"
#include "app/storage/spool.h"

#include <algorithm>

namespace sockeye::pcapng {

namespace {

// Packets that nobody acknowledged are a list that analysers walk at each packet: keep it short.
constexpr int packetsBeforeAck = 16;
constexpr qint64 bytesBeforeAck = 64 * 1024;
constexpr qint64 farthestJump = 1 << 30;

} // namespace

PacketRecorder::PacketRecorder(Spool& spool, const QString& title, const QByteArray& comment)
    : m_spool(spool)
{
    const QByteArray head = fileHead(title, comment);
    std::memcpy(spool.append(head.size()), head.constData(), static_cast<std::size_t>(head.size()));
}

Flow* PacketRecorder::find(quint32 connection)
{
    const auto it = m_flows.find(connection);
    return it == m_flows.end() ? nullptr : &it->second;
}

void PacketRecorder::record(const CaptureEvent& event, std::vector<PayloadPiece>& pieces, const QByteArray& comment)
{
    pieces.clear();
    switch (event.kind) {
    case EventKind::Opened:
        open(event.connection, event.facts, event.time);
        break;
    case EventKind::Chunk:
        chunk(event, pieces, comment);
        break;
    case EventKind::Finished:
        if (Flow* flow = find(event.connection)) {
            if (flow->transport == Transport::Tcp) {
                finish(*flow, event.direction, event.time);
            } else {
                EventLine line { .kind = EventKind::Finished, .connection = event.connection };
                line.direction = event.direction;
                putEvent(flow, line, event.time);
            }
        }
        break;
    case EventKind::Closed:
        close(event);
        break;
    case EventKind::Error:
        if (!gap(event)) {
            this->comment(event);
        }
        break;
    case EventKind::Note:
        this->comment(event);
        break;
    }
}

void PacketRecorder::open(quint32 connection, const ConnectionFacts& facts, qint64 time)
{
    if (find(connection)) {
        return;
    }
    Flow flow = newFlow(connection, facts);
    QByteArray remark;
    // Batches of several threads come in the order in which they are handed over, so that a pair of addresses can be
    // used again before its last use is told to an end. Two conversations in one would be worse than another port.
    const quint16 realPort = flow.peerPort;
    for (int tries = 0; tries < 65'535 && m_tuples.contains(tupleOf(flow)); ++tries) {
        flow.peerPort = static_cast<quint16>(flow.peerPort == 65'535 ? 1024 : flow.peerPort + 1);
    }
    if (flow.peerPort != realPort && !facts.peer.isUnix()) {
        remark = "Port " + QByteArray::number(flow.peerPort) + " stands for " + QByteArray::number(realPort)
            + ", which another open connection of this file has.";
    }
    if (const QByteArray marks = marksOf(facts); !marks.isEmpty()) {
        remark = remark.isEmpty() ? marks : marks + '\n' + remark;
    }
    m_tuples.insert(tupleOf(flow));
    Flow& kept = m_flows.emplace(connection, flow).first->second;

    if (kept.transport == Transport::Udp) {
        EventLine line { .kind = EventKind::Opened, .connection = connection };
        line.weConnected = facts.weConnected;
        line.localPort = kept.localPort;
        line.peerPort = kept.peerPort;
        putEvent(&kept, line, time, remark);
        return;
    }
    const Direction first = facts.weConnected ? Direction::Out : Direction::In;
    putTcp(kept, first, syn, time, {}, remark);
    putTcp(kept, opposite(first), syn | ack, time);
    putTcp(kept, first, ack, time);
}

void PacketRecorder::chunk(const CaptureEvent& event, std::vector<PayloadPiece>& pieces, const QByteArray& comment)
{
    Flow* flow = find(event.connection);
    if (!flow) {
        open(event.connection, event.facts, event.time);
        flow = find(event.connection);
    }
    if (flow->transport == Transport::Udp) {
        datagram(*flow, event, pieces, comment);
        return;
    }
    QByteArrayView rest = event.bytes;
    while (!rest.isEmpty()) {
        const QByteArrayView piece = rest.first(std::min(rest.size(), maxTcpPayload));
        rest = rest.sliced(piece.size());
        const auto flags = static_cast<quint8>(rest.isEmpty() ? ack | psh : ack);
        pieces.push_back(
            { putTcp(*flow, event.direction, flags, event.time, piece, pieces.empty() ? comment : QByteArray()),
                piece.size() });
    }
    const Flow::Side& side = flow->side(event.direction);
    if (side.packetsUnacknowledged >= packetsBeforeAck || side.bytesUnacknowledged >= bytesBeforeAck) {
        putTcp(*flow, opposite(event.direction), ack, event.time);
    }
}

void PacketRecorder::datagram(
    Flow& flow, const CaptureEvent& event, std::vector<PayloadPiece>& pieces, const QByteArray& comment)
{
    // What a packet of 65,535 bytes has room for; the head of IPv6 does not count among them.
    const qsizetype most = flow.ipv6 ? 65'527 : maxDatagram;
    const QByteArrayView bytes = event.bytes.first(std::min(event.bytes.size(), most));
    pieces.push_back({ put(headsOf(flow, event.direction, protocolUdp), event.direction, event.time, bytes, comment),
        bytes.size() });
}

void PacketRecorder::finish(Flow& flow, Direction direction, qint64 time)
{
    Flow::Side& side = flow.side(direction);
    if (!side.finished) {
        putTcp(flow, direction, fin | ack, time);
        side.finished = true;
    }
}

void PacketRecorder::close(const CaptureEvent& event)
{
    Flow* flow = find(event.connection);
    if (!flow || flow->transport == Transport::Udp || event.closeKind == CloseKind::Failed) {
        EventLine line { .kind = EventKind::Closed, .connection = event.connection };
        line.closeKind = event.closeKind;
        putEvent(flow, line, event.time);
    } else if (event.closeKind == CloseKind::Orderly) {
        const Direction last = flow->side(Direction::In).finished ? Direction::Out : Direction::In;
        finish(*flow, opposite(last), event.time);
        finish(*flow, last, event.time);
        // The last word: whoever has not acknowledged the other's FIN yet does so now.
        const bool ours = flow->side(Direction::Out).packetsUnacknowledged > 0;
        putTcp(*flow, ours ? Direction::In : Direction::Out, ack, event.time);
    } else {
        const bool byPeer = event.closeKind == CloseKind::ResetByPeer;
        putTcp(*flow, byPeer ? Direction::In : Direction::Out, rst | ack, event.time);
    }
    if (flow) {
        m_tuples.erase(tupleOf(*flow));
        m_flows.erase(event.connection);
    }
}

/// Bytes of a stream that are not here: the sequence numbers tell how many. False if the event is no such thing.
bool PacketRecorder::gap(const CaptureEvent& event)
{
    Flow* const flow = event.missing > 0 ? find(event.connection) : nullptr;
    if (!flow || flow->transport == Transport::Udp || flow->side(event.direction).finished) {
        return false;
    }
    // In steps that a reader can tell from going back: sequence numbers are compared modulo 2³² (RFC 9293 §3.4).
    for (qint64 left = event.missing; left > 0; left -= farthestJump) {
        flow->side(event.direction).next += static_cast<quint32>(std::min(left, farthestJump));
        putTcp(*flow, event.direction, ack, event.time, {}, gapMark);
    }
    return true;
}

void PacketRecorder::comment(const CaptureEvent& event)
{
    Flow* flow = find(event.connection);
    if (!flow || flow->transport == Transport::Udp || !flow->bothOpen()) {
        putEvent(flow, { .kind = EventKind::Note, .connection = event.connection }, event.time, commentOf(event));
        return;
    }
    // The window changes a little, which is what such a packet is for: it is no repeated acknowledgement then.
    Flow::Side& side = flow->side(Direction::Out);
    side.window = side.window == 65'535 ? 65'534 : 65'535;
    putTcp(*flow, Direction::Out, ack, event.time, {}, commentOf(event));
}

PacketHeads PacketRecorder::headsOf(const Flow& flow, Direction direction, quint8 protocol)
{
    PacketHeads heads;
    heads.ipv6 = flow.ipv6;
    heads.protocol = protocol;
    const bool out = direction == Direction::Out;
    heads.source = out ? flow.local : flow.peer;
    heads.destination = out ? flow.peer : flow.local;
    heads.sourcePort = out ? flow.localPort : flow.peerPort;
    heads.destinationPort = out ? flow.peerPort : flow.localPort;
    return heads;
}

qint64 PacketRecorder::putTcp(
    Flow& flow, Direction direction, quint8 flags, qint64 time, QByteArrayView payload, const QByteArray& comment)
{
    Flow::Side& sender = flow.side(direction);
    Flow::Side& other = flow.side(opposite(direction));
    PacketHeads heads = headsOf(flow, direction, protocolTcp);
    heads.flags = flags;
    heads.sequence = sender.next;
    heads.window = sender.window;
    sender.next += static_cast<quint32>(payload.size());
    if ((flags & (syn | fin)) != 0) {
        ++sender.next; // both count as a byte
    }
    if (!payload.isEmpty() || (flags & fin) != 0) {
        sender.bytesUnacknowledged += payload.size();
        ++sender.packetsUnacknowledged;
    }
    if ((flags & ack) != 0) {
        heads.acknowledged = other.next;
        other.bytesUnacknowledged = 0;
        other.packetsUnacknowledged = 0;
    }
    return put(heads, direction, time, payload, comment);
}

void PacketRecorder::putEvent(const Flow* flow, const EventLine& line, qint64 time, const QByteArray& comment)
{
    PacketHeads heads;
    if (flow) {
        heads = headsOf(*flow, Direction::Out, protocolEvent);
    } else {
        heads.protocol = protocolEvent;
        heads.source = heads.destination = toIpAddress(QHostAddress(QHostAddress::LocalHost), false);
    }
    put(heads, Direction::Out, time, toText(line), comment);
}

qint64 PacketRecorder::put(
    const PacketHeads& heads, Direction direction, qint64 time, QByteArrayView payload, const QByteArray& comment)
{
    PacketBlock block;
    block.packetSize = heads.size() + payload.size();
    block.time = time;
    block.flags = direction == Direction::In ? inbound : outbound;
    block.comment = comment;
    // append() first: it may flush, and end() is where the block lies only afterwards.
    char* const to = m_spool.append(block.size());
    const qint64 position = m_spool.end() - block.size();
    heads.write(block.write(to), payload);
    return position + PacketBlock::before + heads.size();
}

} // namespace sockeye::pcapng
