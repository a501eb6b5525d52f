// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/lanes/lanes_ruler.h"

#include "ui/text/display_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <limits>

namespace sockeye {

namespace {

constexpr qint64 second = 1'000'000'000;
constexpr int mostTicks = 200;

/// 1, 2, 5, 10, 20, … : the first that is not less.
qint64 roundStep(double least)
{
    qint64 step = 1;
    while (static_cast<double>(step) < least && step < std::numeric_limits<qint64>::max() / 10) {
        if (static_cast<double>(step * 2) >= least) {
            return step * 2;
        }
        if (static_cast<double>(step * 5) >= least) {
            return step * 5;
        }
        step *= 10;
    }
    return step;
}

/// As many digits behind the point as the step needs.
QString tickTime(qint64 value, qint64 step)
{
    int digits = 0;
    for (qint64 unit = second; unit > step && digits < 9; unit /= 10) {
        ++digits;
    }
    return QCoreApplication::translate("sockeye::LanesView", "%1 s")
        .arg(QLocale().toString(static_cast<double>(value) / static_cast<double>(second), 'f', digits));
}

} // namespace

std::vector<RulerTick> rulerTicks(LaneAxis axis, const LaneScale& scale, int least)
{
    std::vector<RulerTick> ticks;
    const double perPixel = static_cast<double>(std::max<qint64>(1, scale.span())) / std::max(1, scale.width);
    const qint64 step = roundStep(perPixel * std::max(1, least));
    qint64 value = scale.from / step * step;
    if (value < scale.from) {
        value += step;
    }
    for (int left = mostTicks; value < scale.to && left > 0; --left, value += step) {
        ticks.push_back({ value, axis == LaneAxis::Offset ? groupedNumber(value) : tickTime(value, step) });
    }
    return ticks;
}

} // namespace sockeye
