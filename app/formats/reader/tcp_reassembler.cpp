// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/reader/tcp_reassembler.h"

#include <iterator>

namespace sockeye {

namespace {

// What waits is bounded: no network keeps more than this in flight out of order.
constexpr std::size_t mostWaiting = 4096;
constexpr qint64 mostWaitingBytes = 16 * 1024 * 1024;

} // namespace

void TcpReassembler::start(quint32 sequence)
{
    const qint64 shift = m_started ? static_cast<qint32>(m_base - sequence) : 0;
    m_base = sequence;
    m_started = true;
    if (shift == 0) {
        return;
    }
    m_acknowledged = 0;
    m_farAcknowledged = -1;
    m_sent = 0;
    m_end = m_end >= 0 ? std::max<qint64>(m_end + shift, 0) : -1;
    std::map<qint64, Waiting> shifted;
    for (auto& [offset, waiting] : m_waiting) {
        waiting.piece.offset += shift;
        shifted.emplace(offset + shift, waiting);
    }
    m_waiting.swap(shifted);
}

qint64 TcpReassembler::offsetOf(quint32 sequence) const
{
    // RFC 9293 §3.4: arithmetic modulo 2³².
    return m_next + static_cast<qint32>(sequence - (m_base + static_cast<quint32>(m_next)));
}

bool TcpReassembler::isNear(quint32 sequence) const
{
    const qint64 offset = offsetOf(sequence);
    return offset >= m_next - farthest && offset <= known() + farthest;
}

quint32 TcpReassembler::nextSequence() const
{
    return m_base + static_cast<quint32>(m_next) + (isAtEnd() ? 1 : 0);
}

void TcpReassembler::add(quint32 sequence, Piece piece, qint64 missing, std::vector<Piece>& out)
{
    piece.offset = offsetOf(sequence);
    const qint64 end = piece.offset + piece.size + missing;
    if (end <= m_next) {
        return; // all of it was here before
    }
    if (piece.offset > m_next) {
        wait(piece, missing);
        return;
    }
    give(piece, out);
    deliver(missing > 0 ? end : 0, piece.time, out);
}

/// Keeps what no other packet has brought yet: the first one counts.
void TcpReassembler::wait(const Piece& piece, qint64 missing)
{
    const qint64 end = piece.offset + piece.size;
    qint64 at = piece.offset;
    auto after = m_waiting.upper_bound(at);
    if (after != m_waiting.begin()) {
        const Piece& before = std::prev(after)->second.piece;
        at = std::max(at, before.offset + before.size);
    }
    while (at < end || (piece.size == 0 && at == end)) {
        const bool isCut = after != m_waiting.end() && after->first < end;
        const qint64 until = isCut ? after->first : end;
        if (until > at || !isCut) {
            Piece part = piece;
            part.offset = at;
            part.size = until - at;
            part.position += at - piece.offset;
            part.ends = piece.ends || isCut;
            m_waitingBytes += part.size;
            // What is there already can only be one of which the capture kept nothing.
            m_waiting.insert_or_assign(after, at, Waiting { part, isCut ? 0 : missing });
        }
        if (!isCut) {
            return;
        }
        at = after->first + after->second.piece.size;
        ++after;
    }
}

void TcpReassembler::give(Piece piece, std::vector<Piece>& out)
{
    const qint64 had = m_next - piece.offset;
    if (had > 0) {
        piece.offset += had;
        piece.size -= had;
        if (piece.position >= 0) {
            piece.position += had;
        }
    }
    if (piece.size <= 0) {
        return;
    }
    // What waited became readable only now.
    piece.time = m_lastTime = std::max(piece.time, m_lastTime);
    m_next = piece.offset + piece.size;
    out.push_back(piece);
}

/// Hands out what follows; `missingTo`: what is missing up to there was cut off by the capture.
void TcpReassembler::deliver(qint64 missingTo, qint64 time, std::vector<Piece>& out)
{
    while (true) {
        const auto first = m_waiting.begin();
        if (first != m_waiting.end() && first->first <= m_next) {
            const Waiting ready = first->second;
            m_waiting.erase(first);
            m_waitingBytes -= ready.piece.size;
            give(ready.piece, out);
            const qint64 end = ready.piece.offset + ready.piece.size + ready.missing;
            if (ready.missing > 0 && end > missingTo) {
                missingTo = end;
                time = ready.piece.time;
            }
        } else if (missingTo > m_next) {
            const qint64 to = first == m_waiting.end() ? missingTo : std::min(missingTo, first->first);
            give({ m_next, to - m_next, -1, time, true }, out);
        } else {
            return;
        }
    }
}

void TcpReassembler::reach(quint32 sequence, qint64 time, std::vector<Piece>& out)
{
    // Behind the last byte comes the FIN, which counts as one.
    const qint64 offset = m_end < 0 ? offsetOf(sequence) : std::min(offsetOf(sequence), m_end);
    if (m_waiting.empty() && offset > m_next) {
        give({ m_next, offset - m_next, -1, time, true }, out);
    }
}

bool TcpReassembler::isBelieved(qint64 offset) const
{
    if (offset <= known() + farthest) {
        return true;
    }
    const auto near = m_waiting.lower_bound(offset - farthest);
    return near != m_waiting.end() && near->first <= offset + farthest;
}

/// One past the last byte that was seen, the FIN among them.
qint64 TcpReassembler::seen() const
{
    const qint64 waiting = m_waiting.empty() ? 0 : m_waiting.rbegin()->first + m_waiting.rbegin()->second.piece.size;
    return std::max({ m_next, m_sent, m_end + 1, waiting });
}

bool TcpReassembler::acknowledge(quint32 sequence, bool established)
{
    if (!m_started) {
        return false;
    }
    const qint64 offset = offsetOf(sequence);
    if (!established && offset > seen()) {
        return false;
    }
    if (!isBelieved(offset)) {
        const bool again =
            m_farAcknowledged >= 0 && offset >= m_farAcknowledged && offset <= m_farAcknowledged + farthest;
        m_farAcknowledged = offset;
        if (!again) {
            return false;
        }
    }
    m_acknowledged = std::max(m_acknowledged, offset);
    return true;
}

void TcpReassembler::sent(quint32 sequence)
{
    if (m_started && isNear(sequence)) {
        m_sent = std::max(m_sent, offsetOf(sequence));
    }
}

void TcpReassembler::end(quint32 sequence)
{
    const qint64 offset = offsetOf(sequence);
    // One from before what is here already was not sent by who sent that.
    if (m_end < 0 && offset >= m_next && offset <= known() + farthest) {
        m_end = offset;
    }
}

bool TcpReassembler::isFilledBy(quint32 sequence, qint64 size) const
{
    const qint64 begin = offsetOf(sequence);
    return begin <= m_next && begin + size > m_next;
}

bool TcpReassembler::isFull() const
{
    return m_waiting.size() > mostWaiting || m_waitingBytes > mostWaitingBytes;
}

/// Where acknowledgements were seen, what is far beyond the last of them is no part of the stream.
void TcpReassembler::dropStray()
{
    if (m_acknowledged == 0) {
        return;
    }
    for (auto it = m_waiting.upper_bound(known() + farthest); it != m_waiting.end(); it = m_waiting.erase(it)) {
        m_waitingBytes -= it->second.piece.size;
        m_stray += it->second.piece.size;
    }
}

void TcpReassembler::skipTo(qint64 offset, qint64 time, std::vector<Piece>& out)
{
    give({ m_next, offset - m_next, -1, time, true }, out);
    deliver(0, 0, out);
}

bool TcpReassembler::skip(qint64 before, std::vector<Piece>& out)
{
    if (isFull()) {
        dropStray();
    }
    if (m_waiting.empty()) {
        return false;
    }
    const auto& [first, waiting] = *m_waiting.begin();
    // What comes after a loss that the receiver never had was readable when it came.
    const qint64 to = acknowledgedBytes() > m_next ? std::min(first, acknowledgedBytes()) : first;
    skipTo(std::min(to, before), waiting.piece.time, out);
    return true;
}

bool TcpReassembler::skipAtEnd(qint64 time, bool finSent, std::vector<Piece>& out)
{
    dropStray();
    if (!m_waiting.empty()) {
        skipTo(m_waiting.begin()->first, m_waiting.begin()->second.piece.time, out);
        return true;
    }
    const qint64 to = m_end >= 0 ? m_end : std::max(m_acknowledged, m_sent) - (finSent ? 1 : 0);
    if (to <= m_next) {
        return false;
    }
    skipTo(to, time, out);
    return true;
}

} // namespace sockeye
