// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/hexview/hex_page.h"
#include "ui/hexview/hex_renderers.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>

namespace sockeye {

namespace {

void fillBytes(QPainter& painter, const HexPage& page, qint64 from, qint64 to, const QColor& colour)
{
    forEachLine(page, from, to, [&](qint64 line, int first, int count) {
        const int top = page.topOf(line);
        painter.fillRect(page.geometry.hexRect(first, count, top), colour);
        painter.fillRect(page.geometry.textRect(first, count, top), colour);
    });
}

} // namespace

void paintFieldTints(QPainter& painter, const HexPage& page)
{
    const Theme& theme = Theme::instance();
    for (const TintRun& run : tintRuns(page.message.annotation, page.from(), page.to())) {
        fillBytes(painter, page, run.offset, run.offset + run.size, theme.fieldTint(run.kind, run.index));
    }
}

void paintSelection(QPainter& painter, const HexPage& page)
{
    if (page.selection.isEmpty()) {
        return;
    }
    const QPalette::ColorGroup group = page.focused ? QPalette::Active : QPalette::Inactive;
    fillBytes(painter, page, page.selection.offset(), page.selection.offset() + page.selection.size(),
        page.palette.color(group, QPalette::Highlight));
}

void paintHover(QPainter& painter, const HexPage& page)
{
    if (page.hoveredSize <= 0) {
        return;
    }
    QPainterPath hex;
    QPainterPath text;
    forEachLine(
        page, page.hoveredOffset, page.hoveredOffset + page.hoveredSize, [&](qint64 line, int first, int count) {
            const int top = page.topOf(line);
            hex.addRect(page.geometry.hexRect(first, count, top));
            text.addRect(page.geometry.textRect(first, count, top));
        });
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(QPen(Theme::instance().accent(), 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(hex.simplified());
    painter.drawPath(text.simplified());
}

void paintCursor(QPainter& painter, const HexPage& page)
{
    if (!page.focused || page.geometry.size() == 0) {
        return;
    }
    painter.setPen(QPen(page.palette.color(QPalette::Text), 1));
    painter.setBrush(Qt::NoBrush);
    forEachLine(page, page.selection.cursor(), page.selection.cursor() + 1, [&](qint64 line, int first, int count) {
        const int top = page.topOf(line);
        painter.drawRect(page.geometry.hexRect(first, count, top).adjusted(0, 0, -1, -1));
        painter.drawRect(page.geometry.textRect(first, count, top).adjusted(0, 0, -1, -1));
    });
}

} // namespace sockeye
