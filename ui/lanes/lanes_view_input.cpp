// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/lanes/lanes_view.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

// Wheel, pointer and keys of the lanes.

namespace sockeye {

namespace {

constexpr int wheelStep = 120; ///< angle of one step of a wheel, as Qt counts
constexpr double zoomStep = 1.5;
constexpr double moveStep = 0.15; ///< of what is seen, for a step of the wheel
constexpr double pageStep = 0.8; ///< of what is seen

} // namespace

bool LanesView::event(QEvent* event)
{
    // Keys that the view takes are not to be shortcuts of the window meanwhile.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event); // NOLINT(cppcoreguidelines-pro-type-static-cast-downcast)
        if (key->modifiers() == Qt::NoModifier && (key->key() == Qt::Key_0 || key->key() == Qt::Key_Minus)) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void LanesView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_scale.width = lanesGeometry().plot().width();
    ask();
    Q_EMIT scaleChanged();
}

void LanesView::wheelEvent(QWheelEvent* event)
{
    event->accept();
    const QPoint angle = event->angleDelta();
    m_wheel += std::abs(angle.y()) >= std::abs(angle.x()) ? angle.y() : angle.x();
    const double steps = static_cast<double>(m_wheel) / wheelStep;
    m_wheel = 0;
    if ((event->modifiers() & Qt::ControlModifier) != 0) {
        const double x = event->position().x() - lanesGeometry().plot().left();
        setScale(m_scale.zoomed(std::pow(zoomStep, steps), x, m_extent, leastSpan(m_axis, m_scale.width)));
    } else {
        setScale(m_scale.moved(-steps * moveStep * m_scale.width, m_extent));
    }
}

void LanesView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton) {
        QWidget::mousePressEvent(event);
        return;
    }
    m_pressed = event->pos();
    m_pressedScale = m_scale;
    m_dragging = false;
}

void LanesView::mouseMoveEvent(QMouseEvent* event)
{
    if ((event->buttons() & Qt::LeftButton) == 0) {
        setHovered(placeAt(event->pos()));
        return;
    }
    const int by = event->pos().x() - m_pressed.x();
    if (!m_dragging && std::abs(by) < QApplication::startDragDistance()) {
        return;
    }
    m_dragging = true;
    setCursor(Qt::ClosedHandCursor);
    setScale(m_pressedScale.moved(-by, m_extent));
}

void LanesView::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton) {
        QWidget::mouseReleaseEvent(event);
        return;
    }
    unsetCursor();
    if (!std::exchange(m_dragging, false)) {
        if (Place place = placeAt(event->pos())) {
            // A read may have carried several messages: the one under the pointer is meant.
            const QPoint below(
                event->pos().x(), lanesGeometry().lane({ place->first.direction, LaneKind::Messages }).center().y());
            const Place message = placeAt(below);
            if (place->first.kind == LaneKind::Calls && message && message->second.count == 1
                && message->second.row >= 0) {
                place->second.row = message->second.row;
            }
            choose(place);
        }
    }
}

void LanesView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton) {
        enlarge(placeAt(event->pos()));
    }
}

void LanesView::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    setHovered(std::nullopt);
}

void LanesView::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void LanesView::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

void LanesView::enlarge(const Place& place)
{
    if (place) {
        const LaneBox& box = place->second;
        setScale(m_scale.around(box.begin, box.end, m_extent, leastSpan(m_axis, m_scale.width)));
    }
}

/// To the next thing of the lane, or the one before.
void LanesView::step(int by)
{
    if (!m_picture) {
        return;
    }
    const LaneId lane = m_marks.current ? m_marks.current->first : LaneId { Direction::In, LaneKind::Messages };
    const std::vector<LaneBox>& boxes = m_picture->of(lane.direction).of(lane.kind);
    if (boxes.empty()) {
        return;
    }
    auto next = boxes.begin();
    if (m_marks.current) {
        const qint64 at = m_marks.current->second.begin;
        const qint64 offset = m_marks.current->second.offset;
        const auto found = std::find_if(
            boxes.begin(), boxes.end(), [&](const LaneBox& box) { return box.begin == at && box.offset == offset; });
        if (found == boxes.end()) {
            next = std::find_if(boxes.begin(), boxes.end(), [at](const LaneBox& box) { return box.begin >= at; });
            next = next == boxes.end() ? next - 1 : next;
        } else if (by > 0) {
            next = found + 1 == boxes.end() ? found : found + 1;
        } else {
            next = found == boxes.begin() ? found : found - 1;
        }
    }
    const LaneBox box = *next;
    m_marks.hovered.reset();
    choose({ { lane, box } });
    if (box.begin < m_scale.from || box.end > m_scale.to) {
        const qint64 from = by > 0 ? box.begin - m_scale.span() / 10 : box.end - m_scale.span() + m_scale.span() / 10;
        setScale({ from, from + m_scale.span(), m_scale.width });
    }
}

/// To the next lane that has something, near to where one was.
void LanesView::changeLane(int by)
{
    if (!m_picture) {
        return;
    }
    const double x = keysX();
    const int now =
        m_marks.current ? indexOf(m_marks.current->first) : indexOf({ Direction::In, LaneKind::Messages }) - by;
    for (int index = now + by; index >= 0 && index < laneCount; index += by) {
        const LaneId lane = laneAt(index);
        const std::vector<LaneBox>& boxes = m_picture->of(lane.direction).of(lane.kind);
        const qint64 at = m_scale.value(x);
        const auto away = [at](const LaneBox& box) {
            return at < box.begin ? box.begin - at : at >= box.end ? at - box.end + 1 : qint64 { 0 };
        };
        const auto nearest = std::min_element(
            boxes.begin(), boxes.end(), [&](const LaneBox& a, const LaneBox& b) { return away(a) < away(b); });
        if (nearest != boxes.end()) {
            m_marks.hovered.reset();
            choose({ { lane, *nearest } });
            return;
        }
    }
}

void LanesView::keyPressEvent(QKeyEvent* event)
{
    if ((event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier | Qt::ControlModifier)) != 0) {
        QWidget::keyPressEvent(event);
        return;
    }
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoom(zoomStep);
        break;
    case Qt::Key_Minus:
        zoom(1 / zoomStep);
        break;
    case Qt::Key_0:
        showAll();
        break;
    case Qt::Key_Left:
        step(-1);
        break;
    case Qt::Key_Right:
        step(1);
        break;
    case Qt::Key_Up:
        changeLane(-1);
        break;
    case Qt::Key_Down:
        changeLane(1);
        break;
    case Qt::Key_PageUp:
        setScale(m_scale.moved(-pageStep * m_scale.width, m_extent));
        break;
    case Qt::Key_PageDown:
        setScale(m_scale.moved(pageStep * m_scale.width, m_extent));
        break;
    case Qt::Key_Home:
        moveTo(0);
        break;
    case Qt::Key_End:
        moveTo(1);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        m_marks.current ? enlarge(m_marks.current) : showSelected();
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace sockeye
