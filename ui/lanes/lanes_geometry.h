// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/lanes/lanes_picture.h"

#include <QFontMetrics>
#include <QRect>
#include <QSize>

#include <optional>

namespace sockeye {

/// Which lane: of a direction, and of a kind.
struct LaneId {
    Direction direction = Direction::In;
    LaneKind kind = LaneKind::Calls;

    friend bool operator==(const LaneId&, const LaneId&) = default;
};

inline constexpr int laneCount = 6;
[[nodiscard]] LaneId laneAt(int index); ///< from above; 0 to laneCount - 1
[[nodiscard]] int indexOf(LaneId lane);

/// Where things are in a view of lanes: the ruler above, names at the left, three lanes for each direction.
class LanesGeometry {
public:
    LanesGeometry() = default;
    LanesGeometry(const QSize& size, const QFontMetrics& metrics);

    [[nodiscard]] QRect ruler() const; ///< beside the names
    [[nodiscard]] QRect plot() const; ///< all lanes without their names
    [[nodiscard]] QRect lane(LaneId lane) const; ///< without its name
    [[nodiscard]] QRect name(LaneId lane) const;
    [[nodiscard]] QRect direction(Direction direction) const; ///< its lanes, without their names
    [[nodiscard]] std::optional<LaneId> laneFor(int y) const;

    [[nodiscard]] static int leastHeight(const QFontMetrics& metrics);
    [[nodiscard]] static int wantedHeight(const QFontMetrics& metrics);
    [[nodiscard]] static int namesWidth(const QFontMetrics& metrics);

private:
    QSize m_size;
    int m_names = 0;
    int m_ruler = 0;
    int m_lane = 1; ///< its height, with the space below it
};

} // namespace sockeye
