// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/lanes/lane_scale.h"

#include <vector>

namespace sockeye {

/// One thing of a lane, along its axis.
struct LaneItem {
    qint64 begin = 0;
    qint64 end = 0; ///< one past; begin for what takes no time
    qsizetype first = 0; ///< its number
    qsizetype next = 0; ///< that of the one after it, behind first
};

/// What lies in a lane: any number of items in order, none behind the one after it. Numbers may be left out.
class LaneItems {
public:
    virtual ~LaneItems() = default;
    [[nodiscard]] virtual qsizetype count() const = 0; ///< one past the last number
    [[nodiscard]] virtual LaneItem at(qsizetype number) const = 0; ///< the item that has it; in range
    /// The number of the first item that begins, or ends, there or behind; count() for none. In logarithmic time.
    [[nodiscard]] virtual qsizetype from(qint64 position) const = 0;
};

/// Where something is to be drawn, and what: the items [first, next).
struct LaneSpan {
    qint64 begin = 0;
    qint64 end = 0;
    qsizetype first = 0;
    qsizetype next = 0;
    bool dense = false; ///< several that are too fine to be drawn each

    friend bool operator==(const LaneSpan&, const LaneSpan&) = default;
};

/// What to draw of a lane: items that take `least` pixels or more each by itself, finer ones that lie together as one.
/// Takes as long as there are pixels, however many items there are, and gives no more spans than that.
[[nodiscard]] std::vector<LaneSpan> layOut(const LaneItems& items, const LaneScale& scale, double least);

} // namespace sockeye
