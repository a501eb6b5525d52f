// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/load/load_slice.h"

#include <vector>

namespace sockeye {

/// What was measured over time, in a bounded number of points: the longer a run, the longer the time of one. When
/// there are too many, two become one each, with nothing lost but the finer time.
class LoadTimeline {
public:
    static constexpr std::size_t maxPoints = 600;

    struct Point {
        CoarseHistogram latencies;
        qint64 errors = 0;
    };

    void add(const LoadSlice& slice);

    [[nodiscard]] const std::vector<Point>& points() const { return m_points; }
    [[nodiscard]] qint64 span() const { return m_slices * LoadSlice::length; } ///< of a point, nanoseconds
    /// How much of the point's time lies before `end` (nanoseconds since the start): the last one is not over.
    [[nodiscard]] double seconds(std::size_t point, qint64 end) const;

private:
    void halve();

    std::vector<Point> m_points;
    qint64 m_slices = 1; ///< of a point
};

} // namespace sockeye
