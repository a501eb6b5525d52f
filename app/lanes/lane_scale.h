// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

namespace sockeye {

/// What lanes lie along.
enum class LaneAxis : quint8 {
    Offset, ///< bytes of a stream, from its beginning
    Time, ///< nanoseconds since the first event of the capture
};

/// All that there is along an axis.
struct LaneExtent {
    qint64 begin = 0;
    qint64 end = 1; ///< one past; behind begin

    friend bool operator==(const LaneExtent&, const LaneExtent&) = default;
};

/// Which part of an axis is seen, and on how many pixels. A value.
struct LaneScale {
    qint64 from = 0;
    qint64 to = 1; ///< one past; behind from
    int width = 1; ///< pixels, at least 1

    [[nodiscard]] qint64 span() const { return to - from; }
    [[nodiscard]] double x(qint64 value) const; ///< pixels from the left edge; exact to the byte at any offset
    [[nodiscard]] double pixels(qint64 length) const; ///< that so much of the axis takes
    [[nodiscard]] qint64 value(double x) const;

    /// So many times as large, with what lies at `x` staying there: 2 shows half as much. Shows no more than all of it
    /// and no less than `least`.
    [[nodiscard]] LaneScale zoomed(double factor, double x, const LaneExtent& all, qint64 least) const;
    [[nodiscard]] LaneScale moved(double pixels, const LaneExtent& all) const; ///< to the right
    [[nodiscard]] LaneScale within(const LaneExtent& all) const; ///< the nearest to it that shows nothing outside
    /// That range in the middle, with about half as much again at either side.
    [[nodiscard]] LaneScale around(qint64 begin, qint64 end, const LaneExtent& all, qint64 least) const;

    friend bool operator==(const LaneScale&, const LaneScale&) = default;
};

/// The least that it makes sense to see: single bytes, or a microsecond.
[[nodiscard]] qint64 leastSpan(LaneAxis axis, int width);

} // namespace sockeye
