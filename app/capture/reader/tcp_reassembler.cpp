// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/capture/reader/tcp_reassembler.h"

#include <algorithm>

namespace sockeye {

namespace {

// A packet can be overtaken by this many before it counts as lost, once the other side said that it has it.
constexpr int patience = 32;
// And what waits is bounded in any case: no network keeps more than this in flight out of order.
constexpr std::size_t mostWaiting = 4096;
constexpr qint64 mostWaitingBytes = 16 * 1024 * 1024;

} // namespace

void TcpReassembler::start(quint32 sequence)
{
    m_base = sequence;
    m_started = true;
}

qint64 TcpReassembler::unwrap(quint32 sequence) const
{
    // The offset nearest to the next one with that sequence number (RFC 9293 §3.4: arithmetic modulo 2³²).
    const auto expected = static_cast<quint32>(m_base + static_cast<quint32>(m_next));
    return m_next + static_cast<qint32>(sequence - expected);
}

void TcpReassembler::add(quint32 sequence, Piece piece, qint64 missing, std::vector<Piece>& out)
{
    piece.offset = unwrap(sequence);
    if (piece.offset + piece.size + missing <= m_next) {
        return; // all of it was here before
    }
    if (piece.offset > m_next) {
        m_waitingBytes += piece.size;
        m_waiting.emplace(piece.offset, Waiting { piece, missing });
        ++m_packetsSinceStuck;
        return;
    }
    give(piece, out);
    if (missing > 0 && piece.offset + piece.size + missing > m_next) {
        const qint64 size = piece.offset + piece.size + missing - m_next;
        give({ m_next, size, -1, piece.time, true }, out);
    }
    deliver(out);
}

void TcpReassembler::give(Piece piece, std::vector<Piece>& out)
{
    const qint64 known = m_next - piece.offset;
    if (known > 0) {
        piece.offset += known;
        piece.size -= known;
        if (piece.position >= 0) {
            piece.position += known;
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

void TcpReassembler::deliver(std::vector<Piece>& out)
{
    while (!m_waiting.empty() && m_waiting.begin()->first <= m_next) {
        const Waiting first = m_waiting.begin()->second;
        m_waiting.erase(m_waiting.begin());
        m_waitingBytes -= first.piece.size;
        give(first.piece, out);
        const qint64 end = first.piece.offset + first.piece.size + first.missing;
        if (first.missing > 0 && end > m_next) {
            give({ m_next, end - m_next, -1, first.piece.time, true }, out);
        }
    }
    if (m_waiting.empty()) {
        m_packetsSinceStuck = 0;
    }
}

void TcpReassembler::reach(quint32 sequence, qint64 time, std::vector<Piece>& out)
{
    // Behind the last byte comes the FIN, which counts as one.
    const qint64 offset = m_end < 0 ? unwrap(sequence) : std::min(unwrap(sequence), m_end);
    if (m_waiting.empty() && offset > m_next) {
        give({ m_next, offset - m_next, -1, time, true }, out);
    }
}

void TcpReassembler::acknowledge(quint32 sequence)
{
    if (m_started) {
        m_acknowledged = std::max(m_acknowledged, unwrap(sequence));
        if (!m_waiting.empty()) {
            ++m_packetsSinceStuck;
        }
    }
}

void TcpReassembler::end(quint32 sequence)
{
    if (m_end < 0) {
        m_end = std::max(unwrap(sequence), m_next);
    }
}

bool TcpReassembler::skip(qint64 time, bool final, std::vector<Piece>& out)
{
    qint64 to = m_next;
    if (!m_waiting.empty()) {
        to = m_waiting.begin()->first;
    } else if (final) {
        // The acknowledgement of a FIN that was not seen counts one more than there are bytes.
        to = m_end >= 0 ? m_end : std::max(m_next, m_acknowledged - 1);
    }
    if (to <= m_next) {
        return false;
    }
    give({ m_next, to - m_next, -1, time, true }, out);
    deliver(out);
    return true;
}

bool TcpReassembler::isStuck() const
{
    return !m_waiting.empty()
        && ((m_acknowledged > m_next && m_packetsSinceStuck > patience) || m_waiting.size() > mostWaiting
            || m_waitingBytes > mostWaitingBytes);
}

} // namespace sockeye
