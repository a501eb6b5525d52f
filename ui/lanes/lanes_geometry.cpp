// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/lanes/lanes_geometry.h"

#include "app/lanes/lane_words.h"

#include <algorithm>

namespace sockeye {

namespace {

constexpr int lanesOfOne = 3;
constexpr int laneSpace = 2; ///< below a lane
constexpr int laneBetween = 6; ///< laneBetween the directions
constexpr int lanesMargin = 8;

} // namespace

LaneId laneAt(int index)
{
    return { index < lanesOfOne ? Direction::In : Direction::Out, static_cast<LaneKind>(index % lanesOfOne) };
}

int indexOf(LaneId lane)
{
    return (lane.direction == Direction::In ? 0 : lanesOfOne) + static_cast<int>(lane.kind);
}

LanesGeometry::LanesGeometry(const QSize& size, const QFontMetrics& metrics)
    : m_size(size)
    , m_names(namesWidth(metrics))
    , m_ruler(metrics.height() + 4)
    , m_lane(std::clamp((size.height() - m_ruler - laneBetween) / laneCount, metrics.height() + laneSpace,
          metrics.height() * 2 + laneSpace))
{
}

QRect LanesGeometry::ruler() const
{
    return { m_names, 0, std::max(1, m_size.width() - m_names - lanesMargin), m_ruler };
}

QRect LanesGeometry::plot() const
{
    return { m_names, m_ruler, std::max(1, m_size.width() - m_names - lanesMargin), m_lane * laneCount + laneBetween };
}

QRect LanesGeometry::lane(LaneId lane) const
{
    const int index = indexOf(lane);
    const QRect all = plot();
    return { all.left(), all.top() + index * m_lane + (lane.direction == Direction::Out ? laneBetween : 0), all.width(),
        m_lane - laneSpace };
}

QRect LanesGeometry::name(LaneId lane) const
{
    const QRect beside = this->lane(lane);
    return { 0, beside.top(), m_names - lanesMargin / 2, beside.height() };
}

QRect LanesGeometry::direction(Direction direction) const
{
    return lane({ direction, LaneKind::Calls }).united(lane({ direction, LaneKind::Fields }));
}

std::optional<LaneId> LanesGeometry::laneFor(int y) const
{
    for (int index = 0; index < laneCount; ++index) {
        const QRect area = lane(laneAt(index));
        if (y >= area.top() && y <= area.bottom()) {
            return laneAt(index);
        }
    }
    return std::nullopt;
}

int LanesGeometry::leastHeight(const QFontMetrics& metrics)
{
    return metrics.height() + 4 + laneBetween + laneCount * (metrics.height() + laneSpace);
}

int LanesGeometry::wantedHeight(const QFontMetrics& metrics)
{
    return metrics.height() + 4 + laneBetween + laneCount * (metrics.height() * 3 / 2 + laneSpace);
}

int LanesGeometry::namesWidth(const QFontMetrics& metrics)
{
    int widest = 0;
    for (int index = 0; index < laneCount; ++index) {
        const LaneId lane = laneAt(index);
        widest = std::max(widest, metrics.horizontalAdvance(u"→ " + laneTitle(lane.kind, lane.direction)));
    }
    return widest + lanesMargin + lanesMargin / 2;
}

} // namespace sockeye
