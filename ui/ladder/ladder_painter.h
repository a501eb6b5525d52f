// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/ladder/ladder_picture.h"
#include "ui/ladder/ladder_geometry.h"

#include <QFont>

class QPainter;

namespace sockeye {

struct Colours;

/// What of a ladder is marked, besides what it shows of itself.
struct LadderMarks {
    qsizetype current = -1; ///< number of the step that is chosen
    qsizetype hovered = -1; ///< number of the step that is pointed at
    bool hasFocus = false;
};

/// Draws a part of a ladder, on a screen or for a file: of any thread, since its colours are plain values. Takes as
/// long as there are steps to draw.
class LadderPainter {
public:
    LadderPainter(QPainter& painter, const LadderGeometry& geometry, const QFont& font, bool isDark);

    void paintBackground(const QRect& area);
    /// Who stands at the life lines at `step`, in a line of the heading's height that begins at `top`.
    void paintHeading(const LadderPicture& picture, qsizetype step, int top);
    /// The steps [first, next), those that the picture has, `first` at `top`.
    void paintSteps(const LadderPicture& picture, qsizetype first, qsizetype next, int top, const LadderMarks& marks);

private:
    void paintLines(const LadderPicture& picture, qsizetype first, qsizetype next, int top);
    void paintLine(const LadderPicture& picture, const LadderSpan& span, qsizetype first, qsizetype next, int top);
    void paintStep(const LadderPicture& picture, const LadderStep& step, int top, const LadderMarks& marks);
    void paintText(const LadderPicture& picture, const LadderStep& step, int top, const QColor& colour);
    void paintArrow(const LadderStep& step, int top, const QColor& colour);
    void paintBar(const LadderStep& step, int top);
    void paintEnds(const LadderStep& step, int top, const QColor& colour);
    void paintCross(int x, int y, const QColor& colour);
    [[nodiscard]] QColor colourOf(const LadderStep& step) const;

    QPainter& m_painter;
    const LadderGeometry& m_geometry;
    QFontMetrics m_metrics;
    const Colours& m_colours;
    bool m_isDark;
};

} // namespace sockeye
