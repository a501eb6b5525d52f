// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/lanes/lane_layout.h"

#include <algorithm>

namespace sockeye {

std::vector<LaneSpan> layOut(const LaneItems& items, const LaneScale& scale, double least)
{
    std::vector<LaneSpan> spans;
    const qsizetype count = items.count();
    qsizetype number = items.from(scale.from);
    if (number > 0 && count > 0) {
        const LaneItem before = items.at(std::min(number, count) - 1);
        if (before.end > scale.from) {
            number = before.first;
        }
    }
    // Items of a damaged file need not be in order: whatever they say, there is an end.
    for (int steps = 4 * std::max(scale.width, 1) + 16; number < count && steps > 0; --steps) {
        const LaneItem item = items.at(number);
        if (item.begin >= scale.to) {
            break;
        }
        const qsizetype after = std::max(item.next, number + 1);
        if (scale.pixels(item.end - item.begin) >= least) {
            spans.push_back({ item.begin, item.end, item.first, after, false });
            number = after;
            continue;
        }
        const qint64 boundary = std::max(item.end + 1, scale.value(scale.x(item.end) + least));
        qsizetype next = std::clamp(items.from(boundary), after, count);
        LaneItem last = next > after ? items.at(next - 1) : item;
        if (next > after && last.first > item.first && scale.pixels(last.end - last.begin) >= least) {
            next = std::max(after, last.first); // it is drawn by itself
            last = items.at(next - 1);
        }
        spans.push_back({ item.begin, std::max(item.end, last.end), item.first, next, next > after });
        number = next;
    }
    return spans;
}

} // namespace sockeye
