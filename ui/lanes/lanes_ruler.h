// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/lanes/lane_scale.h"

#include <QString>

#include <vector>

namespace sockeye {

/// One line of a ruler, with its number.
struct RulerTick {
    qint64 value = 0;
    QString text;
};

/// Round numbers along an axis, at least `least` pixels apart: few enough that each has room for its text.
[[nodiscard]] std::vector<RulerTick> rulerTicks(LaneAxis axis, const LaneScale& scale, int least);

} // namespace sockeye
