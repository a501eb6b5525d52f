// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/hexview/chunk_marks.h"
#include "ui/hexview/hex_page.h"
#include "ui/hexview/hex_renderers.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace sockeye {

namespace {

/// Where the boundary in front of the byte lies in the gutter: a line's height stands for the line's bytes.
int gutterY(const HexPage& page, qint64 offset)
{
    const HexGeometry& geometry = page.geometry;
    const qint64 clamped = std::clamp(offset, page.from(), page.to());
    const qint64 line = geometry.lineOf(clamped);
    const int part = geometry.columnOf(clamped) * geometry.lineHeight() / geometry.bytesPerLine();
    // The end of a last line that is not full still reaches down to its foot.
    const bool atEnd = clamped == geometry.size() && geometry.columnOf(clamped) != 0;
    return page.topOf(line) + (atEnd ? geometry.lineHeight() : part);
}

/// A tick behind the byte, with a foot that points back to the bytes that it closes (a single byte needs no pointing).
void paintTick(QPainter& painter, const QRect& cell, bool foot, const QColor& colour)
{
    const int x = cell.right();
    painter.fillRect(QRect(x - 1, cell.top(), 2, cell.height()), colour);
    if (foot) {
        painter.fillRect(QRect(x - 4, cell.bottom() - 1, 4, 2), colour);
    }
}

} // namespace

void paintChunkMarks(QPainter& painter, const HexPage& page)
{
    const HexGeometry& geometry = page.geometry;
    const QColor mark = page.palette.color(QPalette::Text);
    QColor even = Theme::instance().muted();
    QColor odd = even;
    even.setAlphaF(0.75F);
    odd.setAlphaF(0.3F);
    for (const ChunkSpan& span : chunkSpans(page.message, page.from(), page.to())) {
        const int top = gutterY(page, span.offset);
        const int bottom = gutterY(page, span.end);
        painter.fillRect(QRect(geometry.gutterLeft(), top, geometry.gutterWidth() - 2, std::max(1, bottom - top)),
            span.index % 2 == 0 ? even : odd);
        const qint64 last = span.end - 1;
        if (span.endsHere && last >= page.from() && last < page.to()) {
            const int lineTop = page.topOf(geometry.lineOf(last));
            const int column = geometry.columnOf(last);
            paintTick(painter, geometry.hexRect(column, 1, lineTop), span.end - span.offset > 1, mark);
            painter.fillRect(
                QRect(geometry.textRect(column, 1, lineTop).right(), lineTop, 1, geometry.lineHeight()), mark);
        }
    }
}

} // namespace sockeye
