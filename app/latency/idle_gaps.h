// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/load/latency_histogram.h"

#include <QtGlobal>

#include <vector>

namespace sockeye {

inline constexpr double usualIdleFactor = 20;
/// However lively a connection is, what is shorter is no silence: nanoseconds.
inline constexpr qint64 shortestIdle = 10'000'000;
inline constexpr std::size_t mostIdleGaps = 1000;

/// A time in which nothing happened; nanoseconds since the epoch.
struct IdleGap {
    qint64 begin = 0;
    qint64 end = 0;
    [[nodiscard]] qint64 length() const { return end - begin; }
    friend bool operator==(const IdleGap&, const IdleGap&) = default;
};

struct IdleGaps {
    std::vector<IdleGap> gaps; ///< in order; the longest of them, if there are more than mostIdleGaps
    qint64 usual = 0; ///< the median of the times between neighbours
    qint64 threshold = 0; ///< what is longer is a gap
    bool hasMore = false;
};

/// Finds the silences between things that happened, told one after the other.
class IdleGapFinder {
public:
    /// A time that is earlier than the one before it, as a clock that was set back gives, is no silence.
    void add(qint64 time);
    /// Those that are longer than `factor` times the usual, and touch [begin, end].
    [[nodiscard]] IdleGaps find(double factor, qint64 begin, qint64 end) const;

private:
    std::vector<IdleGap> m_longest; ///< a heap, the shortest of them on top
    LatencyHistogram m_all;
    bool m_isFirst = true;
    bool m_isFull = false; ///< some were left out
    qint64 m_last = 0;
};

} // namespace sockeye
