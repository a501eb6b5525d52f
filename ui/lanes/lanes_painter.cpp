// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/lanes/lanes_painter.h"

#include "app/lanes/lane_words.h"
#include "ui/lanes/lanes_ruler.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace sockeye {

namespace {

constexpr double leastWidth = 2; ///< of a box, however fine
constexpr double labelMargin = 4;
constexpr double leastLabel = 12; ///< pixels: narrower rooms get no text
constexpr double leastCut = 6; ///< pixels: narrower boxes get no lines where others end

QColor laneMix(const QColor& a, const QColor& b, double share)
{
    const auto part = [share](int from, int to) {
        return static_cast<int>(std::lround(from + (to - from) * std::clamp(share, 0.0, 1.0)));
    };
    return { part(a.red(), b.red()), part(a.green(), b.green()), part(a.blue(), b.blue()) };
}

/// What people are to see: reads that glue messages, messages that straddle reads.
bool isMarked(const LaneBox& box, LaneKind kind)
{
    return box.count == 1
        && ((kind == LaneKind::Calls
                && (box.call.whole > 1 || (box.call.endsOne && box.call.beginsOne && !box.call.isPart)))
            || (kind == LaneKind::Messages && box.message.calls > 1));
}

} // namespace

LanesPainter::LanesPainter(QPainter& painter, const LanesGeometry& geometry, const QPalette& palette, const QFont& font)
    : m_painter(painter)
    , m_geometry(geometry)
    , m_palette(palette)
    , m_metrics(font)
{
    m_painter.setFont(font);
}

void LanesPainter::paint(const LanesPicture& picture, const LaneScale& scale, const LanesMarks& marks)
{
    m_scale = scale;
    m_scale.width = m_geometry.plot().width();
    m_labels.clear();
    paintRuler(picture);
    paintNames();
    m_painter.save();
    m_painter.setClipRect(m_geometry.plot());
    for (int index = 0; index < laneCount; ++index) {
        paintLane(picture, laneAt(index), marks);
    }
    for (const Direction direction : { Direction::In, Direction::Out }) {
        paintCuts(picture, direction);
    }
    for (const Direction direction : { Direction::In, Direction::Out }) {
        paintStrikes(picture, direction);
    }
    for (const Label& label : m_labels) {
        paintLabel(*label.box, label.room, label.colour);
    }
    paintSelection(picture, marks);
    if (marks.current && marks.hasFocus) {
        outline(marks.current->second, marks.current->first, m_palette.color(QPalette::Text), Qt::DotLine);
    }
    if (marks.hovered) {
        outline(marks.hovered->second, marks.hovered->first, Theme::instance().accent(), Qt::SolidLine);
    }
    m_painter.restore();
}

void LanesPainter::paintRuler(const LanesPicture& picture)
{
    const QRect area = m_geometry.ruler();
    const int least = m_metrics.horizontalAdvance(QStringLiteral("0,000,000,000")) + 16;
    m_painter.save();
    m_painter.setClipRect(area.adjusted(0, 0, 8, 0));
    for (const RulerTick& tick : rulerTicks(picture.axis, m_scale, least)) {
        const auto x = area.left() + static_cast<int>(m_scale.x(tick.value));
        m_painter.setPen(Theme::instance().outline());
        m_painter.drawLine(x, area.bottom() - 4, x, area.bottom());
        m_painter.setPen(Theme::instance().muted());
        m_painter.drawText(
            QRect(x + 3, area.top(), least, area.height() - 2), Qt::AlignLeft | Qt::AlignVCenter, tick.text);
    }
    m_painter.restore();
    m_painter.setPen(Theme::instance().separator());
    m_painter.drawLine(area.left(), area.bottom(), area.right(), area.bottom());
}

void LanesPainter::paintNames()
{
    m_painter.setPen(Theme::instance().muted());
    for (int index = 0; index < laneCount; ++index) {
        const LaneId lane = laneAt(index);
        const QString arrow = lane.direction == Direction::In ? QStringLiteral("← ") : QStringLiteral("→ ");
        m_painter.drawText(
            m_geometry.name(lane), Qt::AlignRight | Qt::AlignVCenter, arrow + laneTitle(lane.kind, lane.direction));
    }
}

QRectF LanesPainter::boxRect(const LaneBox& box, const QRect& lane) const
{
    // Far outside there is nothing to see, and coordinates stay small.
    const double left = std::clamp(m_scale.x(box.begin), -16.0, lane.width() + 16.0);
    const double right = std::clamp(m_scale.x(box.end), -16.0, lane.width() + 16.0);
    return { lane.left() + left, static_cast<double>(lane.top()), std::max(leastWidth, right - left),
        static_cast<double>(lane.height()) };
}

QColor LanesPainter::fill(const LaneBox& box, LaneId lane, std::size_t index) const
{
    const Theme& theme = Theme::instance();
    if (box.isBad || box.call.lost) {
        return theme.notice();
    }
    const QColor base = m_palette.color(QPalette::Base);
    if (box.count > 1) {
        return laneMix(base, theme.muted(), 0.25 + 0.06 * std::log2(static_cast<double>(box.count)));
    }
    switch (lane.kind) {
    case LaneKind::Calls:
        return laneMix(base, theme.muted(), index % 2 == 0 ? 0.14 : 0.22);
    case LaneKind::Messages:
        return laneMix(base, theme.accent(), index % 2 == 0 ? 0.14 : 0.22);
    case LaneKind::Fields:
        return theme.fieldTint(box.kind, box.tint);
    }
    return base;
}

void LanesPainter::paintLane(const LanesPicture& picture, LaneId lane, const LanesMarks& marks)
{
    const QRect area = m_geometry.lane(lane);
    const Theme& theme = Theme::instance();
    m_painter.fillRect(area, m_palette.color(QPalette::Base));
    const std::vector<LaneBox>& boxes = picture.of(lane.direction).of(lane.kind);
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        const LaneBox& box = boxes[i];
        const QRectF rect = boxRect(box, area);
        if (rect.right() < area.left() || rect.left() > area.right()) {
            continue;
        }
        const bool isSelected = lane.kind == LaneKind::Messages && box.row >= 0 && box.row == marks.selectedRow;
        m_painter.fillRect(rect, isSelected ? m_palette.color(QPalette::Highlight) : fill(box, lane, i));
        if (box.isUnfinished) {
            m_painter.fillRect(rect, QBrush(theme.muted(), Qt::BDiagPattern));
        }
        if (rect.width() >= 4) {
            // A line between neighbours.
            m_painter.fillRect(QRectF(rect.left(), rect.top(), 1, rect.height()), theme.outline());
        }
        if (isMarked(box, lane.kind)) {
            m_painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), 2), theme.accent());
            m_painter.fillRect(QRectF(rect.left(), rect.bottom() - 2, rect.width(), 2), theme.accent());
        }
        QRectF room = rect;
        QColor colour = isSelected ? m_palette.color(QPalette::HighlightedText)
            : box.isBad            ? theme.error()
                                   : m_palette.color(QPalette::Text);
        if (picture.axis == LaneAxis::Time && rect.width() < leastLabel * 4
            && box.end - box.begin <= m_scale.span() / 16) {
            // What takes no time is told at its right, as far as there is room.
            const double next = i + 1 < boxes.size() ? area.left() + m_scale.x(boxes[i + 1].begin) : area.right() + 1;
            room = QRectF(rect.right(), rect.top(), std::max(0.0, std::min(next, area.right() + 1.0) - rect.right()),
                rect.height());
            colour = box.isBad ? theme.error() : m_palette.color(QPalette::Text);
            if (room.width() < rect.width()) {
                room = rect;
            }
        }
        if (!box.texts.isEmpty() && room.width() >= leastLabel) {
            m_labels.push_back({ &box, room.intersected(area), colour });
        }
    }
}

void LanesPainter::paintLabel(const LaneBox& box, const QRectF& room, const QColor& colour)
{
    const double width = room.width() - 2 * labelMargin;
    const double narrowest = m_metrics.averageCharWidth() * 0.5;
    for (const QString& text : box.texts) {
        // What is far too long is not even measured.
        if (static_cast<double>(text.size()) * narrowest > width || m_metrics.horizontalAdvance(text) > width) {
            continue;
        }
        m_painter.setPen(colour);
        m_painter.drawText(
            room.adjusted(labelMargin, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
        return;
    }
}

/// A bar below the bytes of messages that a fault has struck, with a peak where it begins.
void LanesPainter::paintStrikes(const LanesPicture& picture, Direction direction)
{
    const QRect area = m_geometry.lane({ direction, LaneKind::Messages });
    constexpr double height = 3;
    constexpr double peak = 4;
    m_painter.save();
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(Theme::instance().error());
    for (const LaneStrike& strike : picture.of(direction).strikes) {
        LaneBox box;
        box.begin = strike.begin;
        box.end = strike.end;
        const QRectF rect = boxRect(box, area);
        if (rect.right() < area.left() || rect.left() > area.right()) {
            continue;
        }
        const double bottom = area.bottom() + 1.0;
        m_painter.drawRect(QRectF(rect.left(), bottom - height, rect.width(), height));
        m_painter.drawPolygon(QPolygonF({ { rect.left(), bottom - height - peak },
            { rect.left() + peak, bottom - height }, { rect.left(), bottom } }));
    }
    m_painter.restore();
}

/// Where reads end within messages, and messages within reads: so one sees at a glance who straddles whom.
void LanesPainter::paintCuts(const LanesPicture& picture, Direction direction)
{
    const QRect calls = m_geometry.lane({ direction, LaneKind::Calls });
    const QRect messages = m_geometry.lane({ direction, LaneKind::Messages });
    m_painter.setPen(QPen(Theme::instance().accent(), 1, Qt::DashLine));
    const auto cut = [&](const std::vector<LaneBox>& boxes, const std::vector<LaneBox>& others, const QRect& area) {
        std::size_t other = 0;
        for (const LaneBox& box : boxes) {
            if (box.count > 1 || m_scale.pixels(box.end - box.begin) < leastCut) {
                continue;
            }
            while (other < others.size() && others[other].end <= box.begin) {
                ++other;
            }
            if (other < others.size() && others[other].begin < box.begin && others[other].count == 1) {
                const double x = area.left() + m_scale.x(box.begin);
                m_painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom() + 1));
            }
        }
    };
    cut(picture.of(direction).of(LaneKind::Calls), picture.of(direction).of(LaneKind::Messages), messages);
    cut(picture.of(direction).of(LaneKind::Messages), picture.of(direction).of(LaneKind::Calls), calls);
}

void LanesPainter::paintSelection(const LanesPicture& picture, const LanesMarks& marks)
{
    if (!picture.selected || picture.selected->row != marks.selectedRow) {
        return;
    }
    const QRect area = m_geometry.direction(picture.selectedDirection);
    const QColor accent = Theme::instance().accent();
    const QRectF whole = boxRect(*picture.selected, area);
    if (whole.right() >= area.left() && whole.left() <= area.right()) {
        m_painter.setPen(QPen(accent, 1));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawRect(whole.adjusted(0, 0, -1, 0));
    }
    const bool isPart = marks.bytesSize > 0 && marks.bytesSize < picture.selected->size;
    if (picture.axis == LaneAxis::Offset && isPart) {
        LaneBox bytes;
        bytes.begin = marks.bytesOffset;
        bytes.end = marks.bytesOffset + marks.bytesSize;
        QColor wash = accent;
        wash.setAlphaF(0.3F);
        m_painter.fillRect(boxRect(bytes, area), wash);
    }
}

void LanesPainter::outline(const LaneBox& box, LaneId lane, const QColor& colour, Qt::PenStyle style)
{
    m_painter.setPen(QPen(colour, 1, style));
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawRect(boxRect(box, m_geometry.lane(lane)).adjusted(0, 0, -1, -1));
}

} // namespace sockeye
