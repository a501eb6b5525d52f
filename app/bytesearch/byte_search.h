// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/bytesearch/byte_needle.h"
#include "app/bytesearch/stream_scan.h"
#include "app/marks/mark.h"
#include "app/reading/place_rows.h"
#include "app/reading/retelling.h"
#include "app/storage/row_log.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

namespace sockeye {

class Capture;

/// Looks for bytes in everything that a recording holds, in one pass through it in the order in which it happened. Each
/// match is a hit, wherever reads, writes, packets and messages were cut; over UDP none goes beyond its datagram. What
/// comes later is looked at when it is asked to go on. One thread at a time runs it, any may ask what was found.
class ByteSearch {
public:
    /// So many hits are kept; then it ends. Sixteen bytes each.
    static constexpr qsizetype mostHits = 1'000'000;

    enum class State : quint8 {
        Looking,
        Over, ///< everything was looked at that is there
        Stopped, ///< by stop()
        Full, ///< there are more hits than there is room for
    };

    ByteSearch(std::shared_ptr<Capture> capture, ByteNeedle needle, qsizetype most = mostHits);
    ~ByteSearch();

    /// Looks at everything that is there and was not looked at, and then for the rows of the hits. Of an expression the
    /// last match of a stream may become longer afterwards.
    void run();
    /// From the thread that is about to have another one run it: it counts as Looking from now on.
    void announce() { m_state.store(State::Looking, std::memory_order_release); }
    /// Whether run() would find more to look at. Not while it runs, nor once it was stopped or is full.
    [[nodiscard]] bool hasMore() const;
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
    [[nodiscard]] qint64 bytesLooked() const { return m_scan.bytes(); }
    [[nodiscard]] qint64 bytesThere() const; ///< at the moment

    /// In the order in which they were found: about that in which they happened. There may be more of them soon.
    [[nodiscard]] qsizetype hitCount() const { return m_hits.count(); }
    [[nodiscard]] StreamPlace hit(qsizetype i) const; ///< `i` is in range
    /// So often rows were looked for; 0: they are not known yet.
    [[nodiscard]] int rowsRevision() const { return m_rowsRevision.load(std::memory_order_acquire); }
    [[nodiscard]] bool hasRows() const { return rowsRevision() > 0; }
    [[nodiscard]] qsizetype rowOf(qsizetype i) const; ///< of the capture; -1: of none, or not known yet

private:
    /// Twelve bytes.
    struct Hit {
        quint32 connection = 0;
        quint32 high = 0; ///< of the offset; the highest bit is the direction
        quint32 low = 0;
    };
    [[nodiscard]] bool keep(const StreamPlace& place);
    void findRows(qsizetype end);

    const std::shared_ptr<Capture> m_capture;
    const ByteNeedle m_needle;
    const qsizetype m_most;
    StreamScan m_scan;
    Retelling m_retelling;
    RowLog<Hit> m_hits;
    PlaceRows m_places; ///< the running thread's own, as what follows
    qsizetype m_kept = 0; ///< hits, with the one too many
    qsizetype m_placed = 0; ///< hits that m_places knows
    mutable std::mutex m_mutex;
    std::vector<quint32> m_rows; ///< under m_mutex; largest number: none
    std::atomic<qsizetype> m_rowsSeen { 0 };
    std::atomic<bool> m_lacksRows { false }; ///< some hit is of no row yet
    std::atomic<int> m_rowsRevision { 0 };
    std::atomic<bool> m_stop { false };
    std::atomic<bool> m_isAbandoned { false };
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
