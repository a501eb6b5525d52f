// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/lanes/lane_scale.h"

#include <algorithm>
#include <cmath>

namespace sockeye {

namespace {

constexpr int widestByte = 48; ///< pixels
constexpr qint64 leastNanoseconds = 1000;

} // namespace

double LaneScale::x(qint64 value) const
{
    return pixels(value - from);
}

double LaneScale::pixels(qint64 length) const
{
    return static_cast<double>(length) * width / static_cast<double>(std::max<qint64>(1, span()));
}

qint64 LaneScale::value(double x) const
{
    return from + static_cast<qint64>(std::floor(x / std::max(1, width) * static_cast<double>(span())));
}

LaneScale LaneScale::zoomed(double factor, double x, const LaneExtent& all, qint64 least) const
{
    const double most = static_cast<double>(std::max<qint64>(1, all.end - all.begin));
    const double wanted = std::clamp(
        static_cast<double>(span()) / std::max(factor, 1e-9), std::min(static_cast<double>(least), most), most);
    LaneScale result = *this;
    const double part = x / std::max(1, width);
    const double anchor = part * static_cast<double>(span());
    result.from = from + static_cast<qint64>(std::llround(anchor - part * wanted));
    result.to = result.from + std::max<qint64>(1, std::llround(wanted));
    return result.within(all);
}

LaneScale LaneScale::moved(double pixels, const LaneExtent& all) const
{
    const auto by = static_cast<qint64>(std::llround(pixels / std::max(1, width) * static_cast<double>(span())));
    LaneScale result = *this;
    result.from += by;
    result.to += by;
    return result.within(all);
}

LaneScale LaneScale::within(const LaneExtent& all) const
{
    LaneScale result = *this;
    const qint64 length = std::clamp<qint64>(span(), 1, std::max<qint64>(1, all.end - all.begin));
    result.from = std::clamp(from, all.begin, std::max(all.begin, all.end - length));
    result.to = result.from + length;
    return result;
}

LaneScale LaneScale::around(qint64 begin, qint64 end, const LaneExtent& all, qint64 least) const
{
    const qint64 length = std::max<qint64>(end - begin, 1);
    LaneScale result = *this;
    const qint64 wanted = std::max(least, length > (all.end - all.begin) / 2 ? all.end - all.begin : length * 2);
    result.from = begin + length / 2 - wanted / 2;
    result.to = result.from + wanted;
    return result.within(all);
}

qint64 leastSpan(LaneAxis axis, int width)
{
    return axis == LaneAxis::Offset ? std::max(4, width / widestByte) : leastNanoseconds;
}

} // namespace sockeye
