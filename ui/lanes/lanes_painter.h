// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/lanes/lanes_geometry.h"

#include <QFont>
#include <QPalette>

#include <optional>
#include <utility>
#include <vector>

class QPainter;

namespace sockeye {

/// What of the lanes is marked, besides what they show of themselves.
struct LanesMarks {
    std::optional<std::pair<LaneId, LaneBox>> hovered;
    std::optional<std::pair<LaneId, LaneBox>> current; ///< the one that keys act on
    qsizetype selectedRow = -1; ///< of the capture
    qint64 bytesOffset = 0; ///< selected bytes of the selected message, in its stream
    qint64 bytesSize = 0; ///< 0: none
    bool hasFocus = false;
};

/// Draws lanes. Takes as long as there are boxes in the picture, which are no more than it has pixels.
class LanesPainter {
public:
    LanesPainter(QPainter& painter, const LanesGeometry& geometry, const QPalette& palette, const QFont& font);

    /// `scale`: what is seen now. The picture may be one of a moment ago, of another part of the axis.
    void paint(const LanesPicture& picture, const LaneScale& scale, const LanesMarks& marks);

private:
    struct Label {
        const LaneBox* box = nullptr;
        QRectF room;
        QColor colour;
    };
    void paintRuler(const LanesPicture& picture);
    void paintNames();
    void paintLane(const LanesPicture& picture, LaneId lane, const LanesMarks& marks);
    void paintStrikes(const LanesPicture& picture, Direction direction);
    void paintCuts(const LanesPicture& picture, Direction direction);
    void paintSelection(const LanesPicture& picture, const LanesMarks& marks);
    void paintLabel(const LaneBox& box, const QRectF& room, const QColor& colour);
    void outline(const LaneBox& box, LaneId lane, const QColor& colour, Qt::PenStyle style);
    [[nodiscard]] QRectF boxRect(const LaneBox& box, const QRect& lane) const;
    [[nodiscard]] QColor fill(const LaneBox& box, LaneId lane, std::size_t index) const;

    QPainter& m_painter;
    const LanesGeometry& m_geometry;
    const QPalette& m_palette;
    QFontMetrics m_metrics;
    LaneScale m_scale;
    std::vector<Label> m_labels; ///< drawn last
};

} // namespace sockeye
