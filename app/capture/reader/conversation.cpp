// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/capture/reader/conversation.h"

#include "app/capture/payload_reader.h"
#include "app/capture/pcapng/flow.h"
#include "app/capture/pcapng/format.h"

#include <QCoreApplication>

namespace sockeye {

using namespace pcapng;

namespace {
// What one read or write can be at most: a hostile file must not make us gather more.
constexpr qint64 maxImportedSegment = 64 * 1024 * 1024;
} // namespace

Conversation::Conversation(ImportPipe& pipe, ConversationScratch& scratch, quint32 id, bool own)
    : m_pipe(pipe)
    , m_scratch(scratch)
    , m_id(id)
    , m_own(own)
{
}

CaptureEvent& Conversation::event(EventKind kind, Direction direction, qint64 time)
{
    CaptureEvent& result = m_scratch.event;
    result.bytes = {};
    result.kind = kind;
    result.direction = direction;
    result.connection = m_id;
    result.time = time;
    return result;
}

void Conversation::open(const ConnectionFacts& facts, qint64 time)
{
    CaptureEvent& opened = event(EventKind::Opened, Direction::In, time);
    opened.facts = facts;
    m_pipe.add(opened, {});
    opened.facts = {};
}

bool Conversation::isOtherSyn(const ConversationPacket& packet) const
{
    const Side& from = m_sides[static_cast<std::size_t>(packet.direction)];
    return m_closed || !from.hasInitial || from.initialSequence != packet.ip.sequence;
}

void Conversation::addTcp(const ConversationPacket& packet)
{
    if (m_closed) {
        return; // repeated last words
    }
    const IpPacket& ip = packet.ip;
    Side& from = side(packet.direction);
    Side& to = side(opposite(packet.direction));
    quint32 sequence = ip.sequence;
    if ((ip.flags & syn) != 0) {
        if (!from.hasInitial) {
            from.hasInitial = true;
            from.initialSequence = sequence;
            from.order.start(sequence + 1);
        }
        ++sequence; // a SYN counts as a byte
    } else if (!from.order.isStarted()) {
        from.order.start(sequence); // the capture began in the middle
    }
    if (m_own) {
        // What we write is in order: where it jumps, bytes were left out.
        m_scratch.pieces.clear();
        from.order.reach(sequence, packet.time, m_scratch.pieces);
        take(packet.direction, &packet);
    }
    const bool answer = (ip.flags & ack) != 0;
    if (answer) {
        to.order.acknowledge(ip.acknowledged);
    }
    m_answered = m_answered || (answer && (ip.flags & rst) == 0);
    if ((ip.flags & rst) != 0) {
        giveUp(packet.time);
        if (!m_closed) {
            close(!m_answered                           ? CloseKind::Failed
                    : packet.direction == Direction::In ? CloseKind::ResetByPeer
                                                        : CloseKind::ResetByUs,
                packet.time);
        }
        return;
    }
    // An acknowledgement after both ends of stream is the last word.
    const bool last = m_sides[0].finished && m_sides[1].finished && answer;

    m_scratch.pieces.clear();
    if (ip.size + ip.missing > 0) {
        TcpReassembler::Piece piece;
        piece.size = ip.size;
        piece.position = packet.position;
        piece.time = packet.time;
        piece.ends = !m_own || (ip.flags & psh) != 0;
        from.order.add(sequence, piece, ip.missing, m_scratch.pieces);
    }
    if ((ip.flags & fin) != 0) {
        from.order.end(sequence + static_cast<quint32>(ip.size + ip.missing));
    }
    take(packet.direction, &packet);
    for (const Direction direction : { packet.direction, opposite(packet.direction) }) {
        while (side(direction).order.isStuck()) {
            m_scratch.pieces.clear();
            if (!side(direction).order.skip(packet.time, false, m_scratch.pieces)) {
                break;
            }
            take(direction, &packet);
        }
        finishIfDue(direction, packet.time);
    }
    if (last) {
        close(CloseKind::Orderly, packet.time);
    }
}

void Conversation::take(Direction direction, const ConversationPacket* packet)
{
    Side& from = side(direction);
    for (const TcpReassembler::Piece& piece : m_scratch.pieces) {
        if (piece.position < 0) {
            segment(direction, packet);
            gap(direction, piece);
            continue;
        }
        from.gathered.push_back({ piece.position, piece.size });
        from.gatheredSize += piece.size;
        from.gatheredTime = piece.time;
        if (piece.ends || from.gatheredSize >= maxImportedSegment) {
            segment(direction, packet);
        }
    }
}

void Conversation::segment(Direction direction, const ConversationPacket* packet)
{
    Side& from = side(direction);
    if (from.gathered.empty()) {
        return;
    }
    CaptureEvent& whole = event(EventKind::Segment, direction, from.gatheredTime);
    const PayloadPiece& first = from.gathered.front();
    if (from.gathered.size() == 1 && packet && first.position >= packet->position
        && first.position + first.size <= packet->position + packet->payload.size()) {
        whole.bytes = packet->payload.sliced(first.position - packet->position, first.size);
    } else {
        m_scratch.bytes.resize(from.gatheredSize);
        const qint64 got = readPieces(m_pipe.store(), from.gathered, m_scratch.bytes.data(), true);
        whole.bytes = QByteArrayView(m_scratch.bytes).first(got);
    }
    if (!whole.bytes.isEmpty()) {
        m_pipe.add(whole, from.gathered);
    }
    from.gathered.clear();
    from.gatheredSize = 0;
    if (m_scratch.bytes.capacity() > 4 * 1024 * 1024) {
        m_scratch.bytes = {}; // one large segment must not cost its memory for ever
    }
}

void Conversation::gap(Direction direction, const TcpReassembler::Piece& missing)
{
    CaptureEvent error;
    error.kind = EventKind::Error;
    error.direction = direction;
    error.connection = m_id;
    error.time = missing.time;
    error.code = gapCode;
    error.offset = missing.offset;
    error.missing = missing.size;
    error.text = m_own
        ? leftOutText(missing.size)
        : QCoreApplication::translate("CaptureReader", "gap: %n byte(s) missing here: the file does not hold them.",
            nullptr, static_cast<int>(std::min<qint64>(missing.size, std::numeric_limits<int>::max())));
    m_pipe.add(error, {});
}

void Conversation::finishIfDue(Direction direction, qint64 time)
{
    Side& from = side(direction);
    if (from.finished || !from.order.isAtEnd()) {
        return;
    }
    segment(direction, nullptr);
    from.finished = true;
    m_pipe.add(event(EventKind::Finished, direction, time), {});
}

void Conversation::addDatagram(const ConversationPacket& packet)
{
    CaptureEvent& whole = event(EventKind::Segment, packet.direction, packet.time);
    whole.bytes = packet.payload;
    const PayloadPiece piece { packet.position, packet.payload.size() };
    m_pipe.add(whole, { &piece, 1 });
}

void Conversation::giveUp(qint64 time)
{
    for (const Direction direction : { Direction::Out, Direction::In }) {
        m_scratch.pieces.clear();
        while (!m_closed && side(direction).order.isStarted()
            && side(direction).order.skip(time, true, m_scratch.pieces)) {
            take(direction, nullptr);
            m_scratch.pieces.clear();
        }
        segment(direction, nullptr);
        finishIfDue(direction, time);
    }
    if (m_sides[0].finished && m_sides[1].finished) {
        close(CloseKind::Orderly, time);
    }
}

void Conversation::close(CloseKind kind, qint64 time)
{
    if (m_closed) {
        return;
    }
    m_closed = true;
    CaptureEvent& closed = event(EventKind::Closed, Direction::In, time);
    closed.closeKind = kind;
    m_pipe.add(closed, {});
    for (Side& each : m_sides) {
        each.order = {};
        each.gathered = {};
    }
}

} // namespace sockeye
