// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/reader/conversation.h"

#include "app/formats/pcapng/flow.h"
#include "app/formats/pcapng/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace sockeye {

using namespace pcapng;

namespace {
// A packet can be overtaken by this many of its connection before it counts as lost, once the other side has it.
constexpr std::size_t patience = 32;
} // namespace

Conversation::Conversation(ImportPipe& pipe, ConversationScratch& scratch, quint32 id, bool own)
    : m_events(pipe, scratch, id, own)
    , m_scratch(scratch)
    , m_own(own)
{
}

void Conversation::open(const ConnectionFacts& facts, qint64 time)
{
    m_events.opened(facts, time);
}

bool Conversation::isOver() const
{
    return m_closed || (m_sides[0].finished && m_sides[1].finished);
}

bool Conversation::isOtherSyn(const ConversationPacket& packet) const
{
    const Side& from = side(packet.direction);
    const quint32 sequence = packet.ip.sequence;
    if (m_closed) {
        return true;
    }
    if (from.hasInitial) {
        const auto others = std::span(from.otherInitials).first(from.otherCount);
        return from.initialSequence != sequence && std::ranges::find(others, sequence) == others.end();
    }
    if (side(opposite(packet.direction)).hasInitial && from.order.isUntouched()) {
        return false; // both sides open at the same time (RFC 9293 §3.5)
    }
    // Captured after what it began.
    return !from.order.isStarted() || !from.order.isNear(sequence) || from.order.offsetOf(sequence + 1) > 0;
}

bool Conversation::fits(const ConversationPacket& packet) const
{
    const Side& from = side(packet.direction);
    return (packet.ip.flags & (syn | rst)) == 0 && from.order.isStarted() && from.order.isNear(packet.ip.sequence);
}

qint64 Conversation::offsetOf(const ConversationPacket& packet) const
{
    if (packet.ip.protocol != protocolTcp) {
        return m_events.datagramBytes(packet.direction);
    }
    const TcpReassembler& order = side(packet.direction).order;
    return order.isStarted() ? order.offsetOf(packet.ip.sequence + ((packet.ip.flags & syn) != 0 ? 1 : 0)) : 0;
}

quint32 Conversation::nextSequence(Direction direction) const
{
    return side(direction).order.nextSequence();
}

void Conversation::addTcp(const ConversationPacket& packet)
{
    if (m_closed) {
        return;
    }
    if (!m_holding) {
        process(packet, !m_own, false);
        return;
    }
    const IpPacket& ip = packet.ip;
    const quint32 sequence = ip.sequence + ((ip.flags & syn) != 0 ? 1 : 0);
    const TcpReassembler& order = side(packet.direction).order;
    const bool fills = order.hasAcknowledgedHole() && order.isFilledBy(sequence, ip.size + ip.missing);
    hold(packet, false);
    if (fills) {
        drain(false); // nothing was missing: the capture had mixed up the order
    } else if (m_held.size() > patience) {
        release();
    }
}

void Conversation::hold(const ConversationPacket& packet, bool isAcknowledged)
{
    m_holding = true;
    m_held.push_back({ packet.ip, packet.direction, isAcknowledged, packet.time,
        std::vector<PayloadPiece>(packet.pieces.begin(), packet.pieces.end()) });
}

void Conversation::drain(bool mayHold)
{
    m_holding = false;
    for (const Held& each : std::exchange(m_held, {})) {
        const ConversationPacket packet { each.ip, each.direction, {}, each.pieces, each.time };
        if (m_holding) {
            addTcp(packet);
        } else if (!m_closed) {
            process(packet, mayHold, each.isAcknowledged);
        }
    }
    m_holding = m_holding || m_sides[0].order.hasAcknowledgedHole() || m_sides[1].order.hasAcknowledgedHole();
}

void Conversation::release()
{
    while (m_holding && !m_closed) {
        bool isGivenUp = false;
        for (const Direction direction : { Direction::In, Direction::Out }) {
            TcpReassembler& order = side(direction).order;
            while (order.hasAcknowledgedHole() && heldFrom(direction) > order.next()) {
                isGivenUp = true;
                m_scratch.pieces.clear();
                order.skip(heldFrom(direction), m_scratch.pieces);
                take(direction, nullptr);
            }
            finishIfDue(direction, m_lastTime);
        }
        drain(isGivenUp); // else what is held fills the hole
    }
}

/// The first offset from next() on that a packet which is held back brings.
qint64 Conversation::heldFrom(Direction direction) const
{
    const TcpReassembler& order = side(direction).order;
    qint64 first = std::numeric_limits<qint64>::max();
    for (const Held& each : m_held) {
        const qint64 size = each.ip.size + each.ip.missing;
        const qint64 offset = order.offsetOf(each.ip.sequence + ((each.ip.flags & syn) != 0 ? 1 : 0));
        if (each.direction == direction && size > 0 && offset + size > order.next()) {
            first = std::min(first, std::max(offset, order.next()));
        }
    }
    return first;
}

void Conversation::takeSyn(Side& from, quint32 sequence)
{
    if (from.hasInitial && from.initialSequence != sequence && !from.confirmed && from.order.isUntouched()) {
        // Two servers behind one address, or a server that has forgotten its first answer: which of them the
        // connection is with, shows what the other side acknowledges.
        const auto others = std::span(from.otherInitials).first(from.otherCount);
        if (std::ranges::find(others, sequence) == others.end()) {
            from.otherInitials[from.otherCount % from.otherInitials.size()] = from.initialSequence;
            from.otherCount =
                static_cast<quint8>(std::min<std::size_t>(from.otherCount + 1U, from.otherInitials.size()));
            from.initialSequence = sequence;
            from.order.start(sequence + 1);
        }
    } else if (!from.hasInitial) {
        from.hasInitial = true;
        from.initialSequence = sequence;
        if (!from.order.isStarted() || from.order.isUntouched()) {
            from.order.start(sequence + 1);
        }
    }
}

/// `sequence` is of a byte behind the SYN, or acknowledges it.
void Conversation::chooseInitial(Direction direction, quint32 sequence)
{
    Side& of = side(direction);
    if (of.confirmed || !of.hasInitial) {
        return;
    }
    quint32 best = of.initialSequence;
    for (const quint32 other : std::span(of.otherInitials).first(of.otherCount)) {
        if (sequence - other - 1 < sequence - best - 1) {
            best = other;
        }
    }
    if (sequence - best - 1 > TcpReassembler::farthest) {
        return;
    }
    of.confirmed = true;
    if (best != of.initialSequence) {
        of.initialSequence = best;
        of.order.start(best + 1);
        m_scratch.pieces.clear();
        of.order.takeReady(m_scratch.pieces);
        take(direction, nullptr);
    }
}

void Conversation::process(const ConversationPacket& packet, bool mayHold, bool isAcknowledged)
{
    const IpPacket& ip = packet.ip;
    const Direction back = opposite(packet.direction);
    Side& from = side(packet.direction);
    Side& to = side(back);
    m_lastTime = packet.time;
    const bool wasStarted = from.order.isStarted();
    quint32 sequence = ip.sequence;
    if ((ip.flags & syn) != 0) {
        takeSyn(from, sequence);
        ++sequence; // a SYN counts as a byte
    } else if (!wasStarted) {
        from.order.start(sequence); // the capture began in the middle
    } else if (ip.size + ip.missing > 0) {
        chooseInitial(packet.direction, sequence);
    }
    if (m_own) {
        // What we write is in order: where it jumps, bytes were left out.
        m_scratch.pieces.clear();
        from.order.reach(sequence, packet.time, m_scratch.pieces);
        take(packet.direction, &packet);
    } else if ((ip.flags & rst) == 0) {
        from.order.sent(sequence);
    }
    bool heard = isAcknowledged;
    if ((ip.flags & ack) != 0 && !isAcknowledged) {
        chooseInitial(back, ip.acknowledged);
        const bool established = from.hasInitial || !to.hasInitial || !from.order.isUntouched();
        heard = to.order.acknowledge(ip.acknowledged, established);
    }
    const bool resets = (ip.flags & rst) != 0;
    m_answered = m_answered || (heard && !resets);
    if (mayHold && to.order.hasAcknowledgedHole()) {
        hold(packet, heard);
        return;
    }
    if (resets) {
        reset(packet, sequence, wasStarted || (ip.flags & ack) == 0 || heard);
        return;
    }
    if (isReset()) {
        checkReset(packet, sequence);
    }
    // An acknowledgement after both ends of stream is the last word.
    const bool last = m_sides[0].finished && m_sides[1].finished && (ip.flags & ack) != 0;
    tellRepeated(packet, sequence);
    addBytes(packet, sequence);
    if ((ip.flags & fin) != 0) {
        from.order.end(sequence + static_cast<quint32>(ip.size + ip.missing));
    }
    m_holding = mayHold && from.order.hasAcknowledgedHole();
    for (const Direction direction : { packet.direction, back }) {
        while (side(direction).order.isFull()) {
            m_scratch.pieces.clear();
            side(direction).order.skip(TcpReassembler::anywhere, m_scratch.pieces);
            take(direction, &packet);
        }
        finishIfDue(direction, packet.time);
    }
    if (last) {
        close(CloseKind::Orderly, packet.time);
    }
}

void Conversation::tellRepeated(const ConversationPacket& packet, quint32 sequence)
{
    const IpPacket& ip = packet.ip;
    if (m_own || (ip.size + ip.missing == 0 && (ip.flags & syn) == 0)) {
        return;
    }
    Side& from = side(packet.direction);
    if (const QString text = from.repeated.take(packet, sequence, from.order); !text.isEmpty()) {
        m_events.note(packet.direction, text, packet.time, retransmissionCode);
    }
}

void Conversation::addBytes(const ConversationPacket& packet, quint32 sequence)
{
    const IpPacket& ip = packet.ip;
    if (ip.size + ip.missing == 0) {
        return;
    }
    m_scratch.pieces.clear();
    TcpReassembler& order = side(packet.direction).order;
    TcpReassembler::Piece piece;
    piece.time = packet.time;
    for (std::size_t i = 0; i < packet.pieces.size(); ++i) {
        const bool isLast = i + 1 == packet.pieces.size();
        piece.size = packet.pieces[i].size;
        piece.position = packet.pieces[i].position;
        piece.ends = isLast && (!m_own || (ip.flags & psh) != 0);
        order.add(sequence, piece, isLast ? ip.missing : 0, m_scratch.pieces);
        sequence += static_cast<quint32>(piece.size);
    }
    take(packet.direction, &packet);
}

void Conversation::reset(const ConversationPacket& packet, quint32 sequence, bool isAnswer)
{
    Side& from = side(packet.direction);
    if (!m_own && (!isAnswer || !from.order.isNear(sequence))) {
        if (!std::exchange(from.strayResetTold, true)) {
            m_events.note(packet.direction,
                QCoreApplication::translate("CaptureReader",
                    "A RST was passed over: its numbers are far from those of this connection, so that it is of "
                    "another one, or forged."),
                packet.time);
        }
        return;
    }
    addBytes(packet, sequence); // perhaps it says why (RFC 9293 §3.5.3)
    const bool isOrderly = m_sides[0].finished && m_sides[1].finished;
    if (isReset() && !isOrderly) {
        return; // said again
    }
    m_resetBy = packet.direction;
    m_resetAt = packet.time;
    m_resetSequence = sequence;
    m_resetOffset = std::max(from.order.next(), from.order.offsetOf(sequence));
    const TcpReassembler& other = side(opposite(packet.direction)).order;
    m_resetSeen = other.known() + (other.hasEnd() ? 1 : 0);
    if (m_own || isOrderly) {
        giveUp();
    } else if (m_answered) {
        m_events.note(packet.direction,
            packet.direction == Direction::In
                ? QCoreApplication::translate("CaptureReader", "Connection reset: the peer sent RST.")
                : QCoreApplication::translate("CaptureReader", "Connection reset: this side sent RST."),
            packet.time);
    }
}

/// Who has really sent a RST sends no new bytes after it, and reads none.
void Conversation::checkReset(const ConversationPacket& packet, quint32 sequence)
{
    if (packet.direction != m_resetBy) {
        return;
    }
    const IpPacket& ip = packet.ip;
    const TcpReassembler& own = side(packet.direction).order;
    const TcpReassembler& other = side(opposite(packet.direction)).order;
    const bool writes = own.isNear(sequence) && own.offsetOf(sequence) + ip.size + ip.missing > m_resetOffset
        && ip.size + ip.missing > 0;
    const bool reads =
        (ip.flags & ack) != 0 && other.isNear(ip.acknowledged) && other.offsetOf(ip.acknowledged) > m_resetSeen;
    if (writes || reads) {
        m_resetAt = notReset;
        m_events.note(packet.direction,
            QCoreApplication::translate(
                "CaptureReader", "The connection goes on: the RST was forged, or did not arrive."),
            packet.time);
    }
}

void Conversation::finishIfDue(Direction direction, qint64 time)
{
    Side& from = side(direction);
    if (from.finished || !from.order.isAtEnd()) {
        return;
    }
    from.finished = true;
    m_events.finished(direction, time);
}

void Conversation::addDatagram(const ConversationPacket& packet)
{
    m_lastTime = packet.time;
    m_events.datagram(packet);
}

void Conversation::giveUp()
{
    release();
    if (isReset()) {
        side(m_resetBy).order.sent(m_resetSequence);
    }
    for (const Direction direction : { Direction::Out, Direction::In }) {
        TcpReassembler& order = side(direction).order;
        const bool finSent = side(opposite(direction)).order.hasEnd();
        m_scratch.pieces.clear();
        while (!m_closed && order.isStarted() && order.skipAtEnd(m_lastTime, finSent, m_scratch.pieces)) {
            take(direction, nullptr);
            m_scratch.pieces.clear();
        }
        m_events.flush(direction, nullptr);
        finishIfDue(direction, m_lastTime);
        if (!m_own && !m_closed && order.isStarted() && order.takeOneShort()) {
            m_events.note(direction,
                QCoreApplication::translate("CaptureReader",
                    "One byte more was acknowledged than is here: the file does not hold the last byte, or it does not "
                    "hold the end of the stream (FIN)."),
                m_lastTime);
        }
        if (const qint64 stray = order.takeStray(); stray > 0) {
            m_events.note(direction,
                QCoreApplication::translate("CaptureReader",
                    "%n byte(s) are not shown: their sequence numbers are far from those of this connection.", nullptr,
                    static_cast<int>(std::min<qint64>(stray, std::numeric_limits<int>::max()))),
                m_lastTime);
        }
    }
    if (m_sides[0].finished && m_sides[1].finished) {
        close(CloseKind::Orderly, m_lastTime);
    } else if (isReset()) {
        close(!m_answered                    ? CloseKind::Failed
                : m_resetBy == Direction::In ? CloseKind::ResetByPeer
                                             : CloseKind::ResetByUs,
            m_lastTime);
    }
}

void Conversation::close(CloseKind kind, qint64 time)
{
    if (!m_closed) {
        m_closed = true;
        m_events.closed(kind, time);
    }
}

} // namespace sockeye
