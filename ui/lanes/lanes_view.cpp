// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/lanes/lanes_view.h"

#include "app/lanes/lane_words.h"
#include "ui/models/same_recording.h"
#include "ui/theme/theme.h"

#include <QAccessible>
#include <QEvent>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace sockeye {

LanesView::LanesView(QWidget* parent)
    : QWidget(parent)
    , m_fetcher(new LanesFetcher(this))
{
    setAccessibleName(tr("Lanes"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    connect(m_fetcher, &LanesFetcher::ready, this, &LanesView::take);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize LanesView::sizeHint() const
{
    return { 480, LanesGeometry::wantedHeight(fontMetrics()) };
}

QSize LanesView::minimumSizeHint() const
{
    return { 200, LanesGeometry::leastHeight(fontMetrics()) };
}

void LanesView::setEmptyText(const QString& text)
{
    m_emptyText = text;
    update();
}

void LanesView::setConnection(const std::shared_ptr<Capture>& capture, quint32 connection)
{
    const bool isReadAnew = areOfSameRecording(capture, m_capture) && connection == m_connection;
    m_fetcher->setConnection(capture, connection);
    m_capture = capture;
    m_connection = connection;
    m_picture.reset();
    if (!isReadAnew) { // else the bytes are the same ones
        m_all = true;
        m_extent = {};
        m_scale = { 0, 1, m_scale.width };
    }
    m_marks.hovered.reset();
    m_marks.current.reset();
    ask();
    update();
    told();
    Q_EMIT scaleChanged();
}

void LanesView::refresh()
{
    if (!m_fetcher->isBusy()) {
        ask();
    }
}

void LanesView::ask()
{
    LanesRequest request;
    request.axis = m_axis;
    request.all = m_all;
    request.scale = m_scale;
    request.scale.width = lanesGeometry().plot().width();
    request.selected = m_marks.selectedRow;
    m_fetcher->ask(request);
}

void LanesView::take(const LanesPicturePtr& picture)
{
    if (picture->axis != m_axis) {
        return; // of before; the right one is on its way
    }
    m_picture = picture;
    const LaneExtent before = std::exchange(m_extent, picture->extent);
    if (m_all || before == LaneExtent()) {
        m_scale = picture->scale;
    }
    if (before != m_extent || m_all) {
        Q_EMIT scaleChanged();
    }
    if (picture->progress < 1) {
        ask();
    }
    reveal();
    update();
    told();
    Q_EMIT pictureChanged();
}

void LanesView::setAxis(LaneAxis axis)
{
    if (axis == m_axis) {
        return;
    }
    m_axis = axis;
    m_all = true;
    m_extent = {};
    m_marks.hovered.reset();
    m_marks.current.reset();
    m_picture.reset();
    ask();
    update();
}

void LanesView::setScale(const LaneScale& scale)
{
    LaneScale wanted = scale;
    wanted.width = lanesGeometry().plot().width();
    const LaneScale inside = wanted.within(m_extent);
    const bool all = inside.from == m_extent.begin && inside.to == m_extent.end;
    if (inside == m_scale && all == m_all) {
        return;
    }
    m_scale = inside;
    m_all = all;
    ask();
    update();
    Q_EMIT scaleChanged();
}

void LanesView::setSelected(const MessageRecord& record, qsizetype row)
{
    if (row == m_marks.selectedRow) {
        return;
    }
    m_marks.selectedRow = row;
    m_marks.bytesSize = 0;
    m_selected = record;
    if (m_marks.current && m_marks.current->second.row != row) {
        m_marks.current.reset(); // the selection came from elsewhere
    }
    m_reveal = row >= 0;
    ask();
    update();
    told();
}

void LanesView::setSelectedBytes(qint64 offset, qint64 size)
{
    m_marks.bytesOffset = offset;
    m_marks.bytesSize = size;
    update();
}

/// Moves to the selected message if nothing of it is seen.
void LanesView::reveal()
{
    if (!m_reveal || !m_picture || !m_picture->selected || m_picture->selected->row != m_marks.selectedRow) {
        return;
    }
    m_reveal = false;
    const LaneBox& box = *m_picture->selected;
    if (!m_all && (box.end < m_scale.from || box.begin >= m_scale.to)) {
        const qint64 middle = box.begin + (box.end - box.begin) / 2;
        setScale({ middle - m_scale.span() / 2, middle - m_scale.span() / 2 + m_scale.span(), m_scale.width });
    }
}

double LanesView::keysX() const
{
    const int width = lanesGeometry().plot().width();
    const LaneBox* box = m_marks.current                                                      ? &m_marks.current->second
        : m_picture && m_picture->selected && m_picture->selected->row == m_marks.selectedRow ? &*m_picture->selected
                                                                                              : nullptr;
    const double x = box != nullptr ? (m_scale.x(box->begin) + m_scale.x(box->end)) / 2 : width / 2.0;
    return x < 0 || x > width ? width / 2.0 : x;
}

void LanesView::zoom(double factor)
{
    setScale(m_scale.zoomed(factor, keysX(), m_extent, leastSpan(m_axis, m_scale.width)));
}

void LanesView::showAll()
{
    setScale({ m_extent.begin, m_extent.end, m_scale.width });
}

void LanesView::showSelected()
{
    if (m_picture && m_picture->selected && m_picture->selected->row == m_marks.selectedRow) {
        enlarge({ { { m_picture->selectedDirection, LaneKind::Messages }, *m_picture->selected } });
    }
}

void LanesView::moveTo(double part)
{
    const auto room = static_cast<double>(m_extent.end - m_extent.begin - m_scale.span());
    const qint64 from = m_extent.begin + static_cast<qint64>(room * std::clamp(part, 0.0, 1.0));
    setScale({ from, from + m_scale.span(), m_scale.width });
}

QString LanesView::sentence() const
{
    if (!m_picture || m_picture->connection == 0) {
        return {};
    }
    const Place& place = m_marks.hovered ? m_marks.hovered : m_marks.current;
    QString text;
    if (place) {
        text = laneSentence(place->second, place->first.kind, place->first.direction, m_picture->startTime);
    } else if (m_picture->selected && m_picture->selected->row == m_marks.selectedRow) {
        text =
            laneSentence(*m_picture->selected, LaneKind::Messages, m_picture->selectedDirection, m_picture->startTime);
    }
    if (m_picture->progress < 1) {
        return tr("The messages of the capture are being looked through, %1 % so far. %2")
            .arg(QString::number(static_cast<int>(m_picture->progress * 100)), text);
    }
    return text;
}

void LanesView::told()
{
    const QString text = sentence();
    if (text == m_told) {
        return;
    }
    m_told = text;
    setAccessibleDescription(text);
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
    Q_EMIT sentenceChanged();
}

void LanesView::setHovered(const Place& place)
{
    const bool same = place.has_value() == m_marks.hovered.has_value()
        && (!place
            || (place->first == m_marks.hovered->first && place->second.begin == m_marks.hovered->second.begin
                && place->second.end == m_marks.hovered->second.end));
    if (same) {
        return;
    }
    m_marks.hovered = place;
    update();
    told();
}

void LanesView::choose(const Place& place)
{
    m_marks.current = place;
    update();
    told();
    if (place) {
        Q_EMIT chosen(place->second.row, place->second.offset, place->second.size);
    }
}

LanesView::Place LanesView::placeAt(QPoint point) const
{
    const LanesGeometry geometry = lanesGeometry();
    const std::optional<LaneId> lane = geometry.laneFor(point.y());
    const QRect plot = geometry.plot();
    if (!m_picture || !lane || point.x() < plot.left() || point.x() > plot.right()) {
        return std::nullopt;
    }
    constexpr double near = 3; // pixels: what is fine can be hit, too
    const double x = point.x() - plot.left();
    const LaneBox* nearest = nullptr;
    double least = near;
    for (const LaneBox& box : m_picture->of(lane->direction).of(lane->kind)) {
        const double left = m_scale.x(box.begin);
        const double right = std::max(left + 2, m_scale.x(box.end));
        const double away = x < left ? left - x : x >= right ? x - right : 0;
        if (away < least) {
            least = away;
            nearest = &box;
        }
        if (left > x + near) {
            break;
        }
    }
    return nearest != nullptr ? Place({ *lane, *nearest }) : std::nullopt;
}

void LanesView::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().window());
    const LanesGeometry geometry = lanesGeometry();
    static const LanesPicture empty;
    LanesPainter lanes(painter, geometry, palette(), font());
    LanesMarks marks = m_marks;
    marks.hasFocus = hasFocus();
    lanes.paint(m_picture ? *m_picture : empty, m_scale, marks);
    if (m_picture && m_picture->connection == 0) {
        painter.setPen(Theme::instance().muted());
        painter.drawText(geometry.plot().adjusted(16, 0, -16, 0), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
    }
}

} // namespace sockeye
