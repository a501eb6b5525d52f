// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/ladder/ladder_painter.h"

#include "app/ladder/ladder_reader.h"
#include "app/ladder/ladder_words.h"
#include "app/lanes/lane_words.h"
#include "ui/theme/colours.h"

#include <QPainter>
#include <QPolygon>

#include <algorithm>
#include <array>
#include <cmath>

namespace sockeye {

namespace {

constexpr int headLength = 7; ///< of an arrow
constexpr int headWidth = 4;
constexpr int barHeight = 7;
constexpr int endWidth = 6; ///< half of the line where a life line ends

bool hasArrow(LadderKind kind)
{
    return kind == LadderKind::Opened || kind == LadderKind::Message || kind == LadderKind::BadMessage
        || kind == LadderKind::Missing || kind == LadderKind::Retransmission || kind == LadderKind::Finished
        || kind == LadderKind::Reset;
}

bool isWrong(LadderKind kind)
{
    return kind == LadderKind::BadMessage || kind == LadderKind::Missing || kind == LadderKind::Error
        || kind == LadderKind::Reset || kind == LadderKind::Lost;
}

} // namespace

LadderPainter::LadderPainter(QPainter& painter, const LadderGeometry& geometry, const QFont& font, bool isDark)
    : m_painter(painter)
    , m_geometry(geometry)
    , m_metrics(font)
    , m_colours(colours(isDark))
    , m_isDark(isDark)
{
    m_painter.setFont(font);
    m_painter.setBrush(Qt::NoBrush);
}

void LadderPainter::paintBackground(const QRect& area)
{
    m_painter.fillRect(area, m_colours.base);
}

QColor LadderPainter::colourOf(const LadderStep& step) const
{
    return isWrong(step.kind) ? m_colours.error : step.kind == LadderKind::Pause ? m_colours.muted : m_colours.text;
}

void LadderPainter::paintHeading(const LadderPicture& picture, qsizetype step, int top)
{
    const int height = m_geometry.headingHeight();
    const int width = std::max(m_geometry.width(), m_painter.window().width());
    m_painter.fillRect(QRect(0, top, width, height), m_colours.window);
    m_painter.setPen(m_colours.separator);
    m_painter.drawLine(0, top + height - 1, width, top + height - 1);
    m_painter.setPen(m_colours.text);
    // Of each line who stands there now, or next.
    std::array<const LadderSpan*, 64> told {};
    for (const LadderSpan& span : picture.spans) {
        const std::size_t line = static_cast<std::size_t>(span.column) + (span.isServer ? told.size() / 2 : 0);
        if (line < told.size() && (told[line] == nullptr || span.from <= step)) {
            told[line] = &span;
        }
    }
    const bool isNarrow = picture.leftColumns > 1 || picture.rightColumns > 1;
    for (const LadderSpan* const span : told) {
        if (span == nullptr) {
            continue;
        }
        const int beside = m_geometry.width() - m_geometry.lineX(true, picture.rightColumns - 1);
        const int room = isNarrow ? m_geometry.linePitch() - 6 : m_geometry.time(0).width() + 80;
        const int most = span->isServer ? std::min(room, 2 * beside - 4) : room;
        const QString whole = ladderHeading(*span);
        const QString text = m_metrics.horizontalAdvance(whole) <= most || span->isShared
            ? whole
            : m_metrics.elidedText(span->name, Qt::ElideLeft, most);
        const QRect area(m_geometry.lineX(span->isServer, span->column) - most / 2, top, most, height - 1);
        m_painter.drawText(area, Qt::AlignCenter | Qt::TextSingleLine, text);
    }
}

void LadderPainter::paintSteps(
    const LadderPicture& picture, qsizetype first, qsizetype next, int top, const LadderMarks& marks)
{
    const int height = m_geometry.stepHeight();
    const auto begin = std::max(first, picture.steps.empty() ? next : picture.steps.front().number);
    const auto end = std::min(next, picture.steps.empty() ? first : picture.steps.back().number + 1);
    for (qsizetype number = begin; number < end; ++number) {
        const QRect row(0, top + static_cast<int>(number - first) * height, m_geometry.width(), height);
        if (number == marks.current) {
            m_painter.fillRect(row, m_colours.highlight);
        } else if (number == marks.hovered) {
            m_painter.fillRect(row, m_colours.alternateBase);
        }
    }
    paintLines(picture, first, next, top);
    for (qsizetype number = begin; number < end; ++number) {
        paintStep(picture, *picture.step(number), top + static_cast<int>(number - first) * height, marks);
    }
}

void LadderPainter::paintLines(const LadderPicture& picture, qsizetype first, qsizetype next, int top)
{
    for (const LadderSpan& span : picture.spans) {
        paintLine(picture, span, std::max(first, span.from), std::min(next, span.to),
            top + static_cast<int>(std::max<qsizetype>(0, span.from - first)) * m_geometry.stepHeight());
    }
}

/// A line as far as time runs, dots where it was folded.
void LadderPainter::paintLine(
    const LadderPicture& picture, const LadderSpan& span, qsizetype first, qsizetype next, int top)
{
    const int height = m_geometry.stepHeight();
    const int x = m_geometry.lineX(span.isServer, span.column);
    const auto draw = [&](qsizetype from, qsizetype to, Qt::PenStyle style) {
        // It begins and ends with an arrow.
        const int begin = top + static_cast<int>(from - first) * height;
        const int end = top + static_cast<int>(to - first) * height;
        const int y = from == span.from ? m_geometry.arrowY(begin) : begin;
        const int last = to == span.to && to != picture.total ? m_geometry.arrowY(end - height) : end;
        m_painter.setPen(QPen(m_colours.outline, 1, style));
        m_painter.drawLine(x, y, x, last - 1);
    };
    qsizetype from = first;
    for (qsizetype number = first; number < next; ++number) {
        const LadderStep* const step = picture.step(number);
        if (step != nullptr && step->kind == LadderKind::Pause) {
            if (from < number) {
                draw(from, number, Qt::SolidLine);
            }
            draw(number, number + 1, Qt::DotLine);
            from = number + 1;
        }
    }
    if (from < next) {
        draw(from, next, Qt::SolidLine);
    }
}

void LadderPainter::paintStep(const LadderPicture& picture, const LadderStep& step, int top, const LadderMarks& marks)
{
    const bool isMarked = step.number == marks.current;
    const QColor colour = isMarked ? m_colours.highlightedText : colourOf(step);
    if (step.kind != LadderKind::Pause) {
        m_painter.setPen(isMarked ? m_colours.highlightedText : m_colours.muted);
        m_painter.drawText(m_geometry.time(top), Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine,
            laneTimeText(step.time - picture.startTime));
    }
    if (hasArrow(step.kind) && step.left >= 0) {
        paintArrow(step, top, colour);
    } else if ((step.kind == LadderKind::Closed || step.kind == LadderKind::Lost) && step.left >= 0) {
        paintEnds(step, top, colour);
    }
    paintText(picture, step, top, colour);
    paintBar(step, top);
    if (isMarked && marks.hasFocus) {
        m_painter.setPen(QPen(m_colours.highlightedText, 1, Qt::DotLine));
        m_painter.drawRect(0, top, m_geometry.width() - 1, m_geometry.stepHeight() - 1);
    }
}

void LadderPainter::paintText(const LadderPicture& picture, const LadderStep& step, int top, const QColor& colour)
{
    QRect room = m_geometry.label(top);
    if (step.kind == LadderKind::Pause) {
        room.setBottom(m_geometry.arrowY(top) + 6);
        m_painter.setPen(colour);
        m_painter.drawText(room, Qt::AlignCenter | Qt::TextSingleLine,
            m_metrics.elidedText(ladderLabel(step, picture.isOfSeveral()), Qt::ElideRight, room.width()));
        return;
    }
    // At the right its size, and how it came if there is room.
    const QString size = ladderSize(step);
    if (!size.isEmpty()) {
        QString remark = ladderRemark(step);
        const bool isRemarkable = remark != size && m_metrics.horizontalAdvance(remark) * 5 < room.width() * 3;
        remark = isRemarkable ? remark : size;
        m_painter.setPen(colour != m_colours.text ? colour : isRemarkable ? m_colours.accent : m_colours.muted);
        m_painter.drawText(room, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, remark);
        room.setRight(room.right() - m_metrics.horizontalAdvance(remark) - 12);
    }
    m_painter.setPen(colour);
    m_painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
        m_metrics.elidedText(ladderLabel(step, picture.isOfSeveral()), Qt::ElideRight, room.width()));
}

void LadderPainter::paintArrow(const LadderStep& step, int top, const QColor& colour)
{
    const int y = m_geometry.arrowY(top);
    const int client = m_geometry.lineX(false, step.left);
    const int server = m_geometry.lineX(true, step.right);
    const int from = step.toServer ? client : server;
    const int to = step.toServer ? server : client;
    const int back = step.toServer ? -headLength : headLength;
    const bool isThin = step.kind == LadderKind::Opened || step.kind == LadderKind::Finished;
    m_painter.setPen(QPen(colour, 1,
        step.kind == LadderKind::Missing || step.kind == LadderKind::Retransmission ? Qt::DashLine
            : isThin                                                                ? Qt::DotLine
                                                                                    : Qt::SolidLine));
    m_painter.drawLine(from, y, to, y);
    if (step.kind == LadderKind::Reset) {
        paintCross(to + back, y, colour);
        paintEnds(step, top, colour);
        return;
    }
    m_painter.setPen(colour);
    m_painter.setBrush(isThin ? QBrush(Qt::NoBrush) : QBrush(colour));
    const QPolygon head({ QPoint(to, y), QPoint(to + back, y - headWidth), QPoint(to + back, y + headWidth) });
    if (isThin) {
        m_painter.drawLine(head[0], head[1]);
        m_painter.drawLine(head[0], head[2]);
    } else {
        m_painter.drawPolygon(head);
    }
    m_painter.setBrush(Qt::NoBrush);
    if (step.kind == LadderKind::Opened) {
        m_painter.drawEllipse(QPoint(client, y), 3, 3);
    }
}

/// What a message is made of, on its arrow, near to who sent it.
void LadderPainter::paintBar(const LadderStep& step, int top)
{
    if ((step.kind != LadderKind::Message && step.kind != LadderKind::BadMessage) || step.left < 0) {
        return;
    }
    const QRect room = m_geometry.label(top);
    const int width = std::min(ladderBarWidth(step.size), room.width());
    QRect bar(step.toServer ? room.left() : room.right() + 1 - width, m_geometry.arrowY(top) - barHeight / 2, width,
        barHeight);
    m_painter.fillRect(bar.adjusted(-1, -1, 1, 1), m_colours.outline);
    m_painter.fillRect(bar, step.kind == LadderKind::BadMessage ? m_colours.notice : m_colours.base);
    int drawn = bar.left();
    for (const LadderPart& part : step.parts) {
        const int begin = std::max(drawn, bar.left() + static_cast<int>(part.begin * static_cast<float>(width)));
        const int end = bar.left() + static_cast<int>(std::lround(part.end * static_cast<float>(width)));
        if (end > begin) {
            m_painter.fillRect(QRect(begin, bar.top(), end - begin, barHeight), tint(m_isDark, part.kind, part.tint));
            drawn = end;
        }
    }
}

void LadderPainter::paintEnds(const LadderStep& step, int top, const QColor& colour)
{
    const int y = m_geometry.arrowY(top);
    m_painter.setPen(QPen(colour, 2));
    for (const bool isServer : { false, true }) {
        const int x = m_geometry.lineX(isServer, isServer ? step.right : step.left);
        m_painter.drawLine(x - endWidth, y, x + endWidth, y);
    }
    if (step.kind == LadderKind::Lost) {
        const QRect room = m_geometry.label(top);
        paintCross(room.left() + headWidth, y, colour);
    }
}

void LadderPainter::paintCross(int x, int y, const QColor& colour)
{
    m_painter.setPen(QPen(colour, 2));
    m_painter.drawLine(x - headWidth, y - headWidth, x + headWidth, y + headWidth);
    m_painter.drawLine(x - headWidth, y + headWidth, x + headWidth, y - headWidth);
}

} // namespace sockeye
