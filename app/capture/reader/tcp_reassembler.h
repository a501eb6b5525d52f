// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

#include <map>
#include <vector>

namespace sockeye {

/// Puts one direction of a TCP connection in order again: packets that came early, twice or overlapping, sequence
/// numbers that wrap around. What is missing becomes a gap, never a seam. It holds no bytes, only where they lie.
class TcpReassembler {
public:
    struct Piece {
        qint64 offset = 0; ///< in the stream
        qint64 size = 0; ///< bytes; of a gap: how many are missing
        qint64 position = 0; ///< of the first byte in the file; -1: a gap
        qint64 time = 0;
        bool ends = false; ///< the last piece of one read or write, if the file tells (PSH)
    };

    [[nodiscard]] bool isStarted() const { return m_started; }
    /// The sequence number of the first byte of the stream.
    void start(quint32 sequence);

    /// A packet's payload, `missing` more bytes of which the capture cut off. Appends to `out` what is in order now.
    void add(quint32 sequence, Piece piece, qint64 missing, std::vector<Piece>& out);
    /// What is missing before `sequence` will never come, as whoever wrote the file knows: appends the gap.
    void reach(quint32 sequence, qint64 time, std::vector<Piece>& out);
    /// Everything before `sequence` has reached the other side.
    void acknowledge(quint32 sequence);
    /// The stream ends before that sequence number.
    void end(quint32 sequence);

    /// Gives up on what is missing first, if anything after it is known to exist: appends the gap, and what comes after
    /// it. False if nothing is missing. `final`: the stream ends here, what was acknowledged counts as well.
    bool skip(qint64 time, bool final, std::vector<Piece>& out);

    /// Whether packets wait for something that will hardly come any more: the other side has it, or so much waits.
    [[nodiscard]] bool isStuck() const;
    /// Whether everything up to the end of the stream was handed out.
    [[nodiscard]] bool isAtEnd() const { return m_end >= 0 && m_next >= m_end; }

private:
    [[nodiscard]] qint64 unwrap(quint32 sequence) const;
    void deliver(std::vector<Piece>& out);
    void give(Piece piece, std::vector<Piece>& out);

    struct Waiting {
        Piece piece;
        qint64 missing = 0;
    };
    std::multimap<qint64, Waiting> m_waiting; ///< by offset
    qint64 m_waitingBytes = 0;
    int m_packetsSinceStuck = 0;
    qint64 m_next = 0; ///< offset of the byte that comes next
    qint64 m_acknowledged = 0;
    qint64 m_end = -1; ///< -1: not known
    qint64 m_lastTime = 0;
    quint32 m_base = 0; ///< sequence number of offset 0
    bool m_started = false;
};

} // namespace sockeye
