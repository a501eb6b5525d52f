// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

#include <algorithm>
#include <limits>
#include <map>
#include <utility>
#include <vector>

namespace sockeye {

/// Puts one direction of a TCP connection in order again: packets that came early, twice or overlapping, sequence
/// numbers that wrap around. What is missing becomes a gap, never a seam. It holds no bytes, only where they lie.
///
/// A capture may lose packets that the connection did not, and may hold packets that were never part of it: forged
/// ones, and answers of a connection that is long over. So nothing is believed because one packet says so: a sequence
/// number far from everything seen counts once another packet agrees with it.
class TcpReassembler {
public:
    struct Piece {
        qint64 offset = 0; ///< in the stream
        qint64 size = 0; ///< bytes; of a gap: how many are missing
        qint64 position = 0; ///< of the first byte in the file; -1: a gap
        qint64 time = 0;
        bool ends = false; ///< the last piece of one read or write, if the file tells (PSH)
    };

    /// How far from what was seen a number may be to be believed at once: more is hardly ever in flight.
    static constexpr qint64 farthest = 16 * 1024 * 1024;

    [[nodiscard]] bool isStarted() const { return m_started; }
    /// The sequence number of the first byte of the stream. Again, as long as isUntouched(): what waits stays where its
    /// own numbers put it, and may be in order now: takeReady().
    void start(quint32 sequence);
    void takeReady(std::vector<Piece>& out) { deliver(0, 0, out); }
    /// Whether nothing was handed out yet.
    [[nodiscard]] bool isUntouched() const { return m_next == 0; }
    /// The offset of the byte that comes next.
    [[nodiscard]] qint64 next() const { return m_next; }
    /// Behind everything that was handed out or acknowledged.
    [[nodiscard]] qint64 known() const { return std::max(m_next, m_acknowledged); }
    /// Of all offsets with that sequence number the one nearest to next(): before the stream it is negative.
    [[nodiscard]] qint64 offsetOf(quint32 sequence) const;
    [[nodiscard]] bool isNear(quint32 sequence) const;
    /// The sequence number behind everything that was handed out, and behind the FIN.
    [[nodiscard]] quint32 nextSequence() const;

    /// A packet's payload, `missing` more bytes of which the capture cut off. Appends to `out` what is in order now.
    void add(quint32 sequence, Piece piece, qint64 missing, std::vector<Piece>& out);
    /// What is missing before `sequence` will never come, as whoever wrote the file knows: appends the gap.
    void reach(quint32 sequence, qint64 time, std::vector<Piece>& out);
    /// Everything before `sequence` has reached the other side. False if that is not believed: it is far beyond
    /// everything seen, and nothing else is. `established`: the other side belongs to this connection beyond doubt;
    /// else it is believed about what was seen alone.
    bool acknowledge(quint32 sequence, bool established);
    /// Everything before `sequence` was sent: the sender has gone on to there.
    void sent(quint32 sequence);
    /// The stream ends before that sequence number.
    void end(quint32 sequence);

    /// Whether something that the other side has is missing, and more came after it.
    [[nodiscard]] bool hasAcknowledgedHole() const
    {
        return !m_waiting.empty() && acknowledgedBytes() > m_next && m_waiting.begin()->first <= known() + farthest;
    }
    /// Whether a packet brings the byte that comes next.
    [[nodiscard]] bool isFilledBy(quint32 sequence, qint64 size) const;
    /// Whether more waits than any network keeps out of order.
    [[nodiscard]] bool isFull() const;

    static constexpr qint64 anywhere = std::numeric_limits<qint64>::max();
    /// Gives up on what is missing first, but not from the offset `before` on: appends the gap, no larger than what was
    /// acknowledged if anything was, and what comes after it. False if nothing is missing, as far as is known.
    bool skip(qint64 before, std::vector<Piece>& out);
    /// The same when nothing more comes: then what was acknowledged or sent and never seen is missing, too. A FIN
    /// counts among it; `finSent`: it was probably sent.
    bool skipAtEnd(qint64 time, bool finSent, std::vector<Piece>& out);
    /// Bytes far from the stream that nobody acknowledged: forged, or of another connection. Asked once.
    [[nodiscard]] qint64 takeStray() { return std::exchange(m_stray, 0); }

    [[nodiscard]] bool hasEnd() const { return m_end >= 0; }
    /// Whether the other side has one more than is here, and nothing says if that is a byte or the end. Once for each
    /// place.
    [[nodiscard]] bool takeOneShort()
    {
        const bool isShort = m_end < 0 && std::max(m_acknowledged, m_sent) == m_next + 1;
        return isShort && std::exchange(m_toldShortAt, m_next) != m_next;
    }
    /// Whether everything up to the end of the stream was handed out.
    [[nodiscard]] bool isAtEnd() const { return m_end >= 0 && m_next >= m_end; }

private:
    [[nodiscard]] qint64 seen() const;
    /// The FIN, which counts as a byte, not among them.
    [[nodiscard]] qint64 acknowledgedBytes() const
    {
        return m_end >= 0 ? std::min(m_acknowledged, m_end) : m_acknowledged;
    }
    [[nodiscard]] bool isBelieved(qint64 offset) const;
    void dropStray();
    void wait(const Piece& piece, qint64 missing);
    void deliver(qint64 missingTo, qint64 time, std::vector<Piece>& out);
    void skipTo(qint64 offset, qint64 time, std::vector<Piece>& out);
    void give(Piece piece, std::vector<Piece>& out);

    struct Waiting {
        Piece piece;
        qint64 missing = 0;
    };
    std::map<qint64, Waiting> m_waiting; ///< by offset; none overlap
    qint64 m_waitingBytes = 0;
    qint64 m_next = 0; ///< offset of the byte that comes next
    qint64 m_acknowledged = 0;
    qint64 m_farAcknowledged = -1; ///< not believed yet; -1: none
    qint64 m_sent = 0;
    qint64 m_end = -1; ///< -1: not known
    qint64 m_lastTime = 0;
    qint64 m_toldShortAt = -1; ///< m_next when takeOneShort() said so
    qint64 m_stray = 0;
    quint32 m_base = 0; ///< sequence number of offset 0
    bool m_started = false;
};

} // namespace sockeye
