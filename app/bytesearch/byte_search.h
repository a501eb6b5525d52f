// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/bytesearch/byte_needle.h"
#include "app/marks/mark.h"
#include "app/storage/row_log.h"

#include <atomic>
#include <memory>
#include <vector>

namespace sockeye {

class ByteFinder;
class Capture;
class StreamReader;

/// Looks for bytes in everything that a recording holds at the moment: stream by stream, through a window that moves
/// along it. Each match is a hit, wherever reads, writes, packets and messages were cut; over UDP none goes beyond its
/// datagram. One thread runs it, any may ask what was found.
class ByteSearch {
public:
    /// So many hits are kept; then it ends. Sixteen bytes each.
    static constexpr qsizetype mostHits = 1'000'000;

    enum class State : quint8 {
        Looking,
        Over, ///< everything was looked at
        Stopped, ///< by stop()
        Full, ///< there are more hits than there is room for
    };

    ByteSearch(std::shared_ptr<Capture> capture, ByteNeedle needle, qsizetype most = mostHits);
    ~ByteSearch();

    /// Looks at everything, and then for the rows of the hits. Once.
    void run();
    void stop() { m_stop.store(true); } ///< soon; what was found stays
    /// The same, and nobody asks for rows any more.
    void abandon()
    {
        m_isAbandoned.store(true);
        stop();
    }

    [[nodiscard]] const std::shared_ptr<Capture>& capture() const { return m_capture; }
    [[nodiscard]] const ByteNeedle& needle() const { return m_needle; }
    [[nodiscard]] State state() const { return m_state.load(std::memory_order_acquire); }
    [[nodiscard]] qint64 bytesLooked() const { return m_looked.load(std::memory_order_relaxed); }
    [[nodiscard]] qint64 bytesThere() const { return m_there; } ///< when it was made

    /// By connection, direction and offset.
    [[nodiscard]] qsizetype hitCount() const { return m_hits.count(); }
    [[nodiscard]] StreamPlace hit(qsizetype i) const; ///< `i` is in range
    /// Whether the rows are known.
    [[nodiscard]] bool hasRows() const { return m_hasRows.load(std::memory_order_acquire); }
    [[nodiscard]] qsizetype rowOf(qsizetype i) const; ///< of the capture; -1: of none, or not known yet

private:
    /// Twelve bytes.
    struct Hit {
        quint32 connection = 0;
        quint32 high = 0; ///< of the offset; the highest bit is the direction
        quint32 low = 0;
    };
    void lookAt(StreamReader& reader, ByteFinder& finder, quint32 connection, Direction direction);
    void lookAtStream(StreamReader& reader, ByteFinder& finder, quint32 connection, Direction direction, qint64 end);
    void lookAtDatagrams(StreamReader& reader, ByteFinder& finder, quint32 connection, Direction direction, qint64 end);
    [[nodiscard]] bool keep(const StreamPlace& place);
    void findRows();

    const std::shared_ptr<Capture> m_capture;
    const ByteNeedle m_needle;
    const qsizetype m_most;
    const qint64 m_there;
    RowLog<Hit> m_hits;
    qsizetype m_kept = 0; ///< the running thread's own
    std::vector<quint32> m_rows; ///< written before m_hasRows; largest number: none
    std::atomic<bool> m_hasRows { false };
    std::atomic<bool> m_stop { false };
    std::atomic<bool> m_isAbandoned { false };
    std::atomic<qint64> m_looked { 0 };
    std::atomic<State> m_state { State::Looking };
};

/// What is to be told of a hit: read when it is shown, since it is not kept.
struct ByteHitDetail {
    qint64 time = 0; ///< when its first byte came or went: nanoseconds since the epoch
    qint64 size = 0; ///< of the match
    QByteArray before; ///< a few bytes of the same stream or datagram
    QByteArray match; ///< no more than its first few bytes
    QByteArray after;
};
/// Reads the disk: not for the GUI thread.
[[nodiscard]] ByteHitDetail detailOf(const Capture& capture, const ByteNeedle& needle, const StreamPlace& place);

} // namespace sockeye
