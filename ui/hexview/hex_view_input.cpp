// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What HexView does with keys and the mouse; what it shows is in hex_view.cpp.

#include "ui/hexview/hex_view.h"

#include "ui/hexview/hex_glyphs.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QScrollBar>

#include <optional>

namespace sockeye {

namespace {

constexpr int dragScrollInterval = 40; // ms

std::optional<CursorMove> moveFor(const QKeyEvent& event)
{
    const bool control = event.modifiers().testFlag(Qt::ControlModifier);
    switch (event.key()) {
    case Qt::Key_Left:
        return CursorMove::Left;
    case Qt::Key_Right:
        return CursorMove::Right;
    case Qt::Key_Up:
        return CursorMove::Up;
    case Qt::Key_Down:
        return CursorMove::Down;
    case Qt::Key_PageUp:
        return CursorMove::PageUp;
    case Qt::Key_PageDown:
        return CursorMove::PageDown;
    case Qt::Key_Home:
        return control ? CursorMove::Start : CursorMove::LineStart;
    case Qt::Key_End:
        return control ? CursorMove::End : CursorMove::LineEnd;
    default:
        return std::nullopt;
    }
}

bool isGoTo(const QKeyEvent& event)
{
    return event.key() == Qt::Key_G && event.modifiers() == Qt::ControlModifier;
}

} // namespace

bool HexView::event(QEvent* event)
{
    // While the bytes have the focus, these keys are theirs, whatever menus say.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (isGoTo(*key) || key->matches(QKeySequence::Copy) || key->matches(QKeySequence::SelectAll)) {
            event->accept();
            return true;
        }
    }
    return QAbstractScrollArea::event(event);
}

void HexView::keyPressEvent(QKeyEvent* event)
{
    if (isGoTo(*event)) {
        goToOffset();
    } else if (event->matches(QKeySequence::Copy)) {
        copyAs(ByteForm::Hex);
    } else if (event->matches(QKeySequence::SelectAll)) {
        changed(m_selection.selectAll());
    } else if (const auto step = moveFor(*event); step && m_geometry.size() > 0) {
        const bool extend = event->modifiers().testFlag(Qt::ShiftModifier);
        const bool differs = m_selection.move(*step, extend, m_geometry.bytesPerLine(), wholeLines());
        scrollTo(m_selection.cursor());
        changed(differs);
    } else {
        event->ignore();
    }
}

void HexView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton) {
        return;
    }
    const QPoint at = event->position().toPoint() + QPoint(horizontalScrollBar()->value(), 0);
    const qint64 offset = m_geometry.nearest(at, topLine());
    if (offset >= 0) {
        changed(m_selection.moveTo(offset, event->modifiers().testFlag(Qt::ShiftModifier)));
    }
}

void HexView::mouseMoveEvent(QMouseEvent* event)
{
    const QPoint point = event->position().toPoint();
    if (!event->buttons().testFlag(Qt::LeftButton)) {
        const auto hit = m_geometry.hit(point + QPoint(horizontalScrollBar()->value(), 0), topLine());
        const bool overByte = hit.column == HexGeometry::Column::Hex || hit.column == HexGeometry::Column::Text;
        viewport()->setCursor(overByte ? Qt::IBeamCursor : Qt::ArrowCursor);
        reportHover(overByte ? hit.offset : -1);
        return;
    }
    dragTo(point);
    const bool outside = point.y() < 0 || point.y() >= viewport()->height();
    if (outside && m_dragTimer == 0) {
        m_dragTimer = startTimer(dragScrollInterval);
    } else if (!outside && m_dragTimer != 0) {
        killTimer(m_dragTimer);
        m_dragTimer = 0;
    }
}

void HexView::mouseReleaseEvent(QMouseEvent*)
{
    if (m_dragTimer != 0) {
        killTimer(m_dragTimer);
        m_dragTimer = 0;
    }
}

void HexView::timerEvent(QTimerEvent* event)
{
    if (event->timerId() != m_dragTimer) {
        QAbstractScrollArea::timerEvent(event);
        return;
    }
    const QPoint point = viewport()->mapFromGlobal(QCursor::pos());
    const int beyond = point.y() < 0 ? point.y() : qMax(0, point.y() - viewport()->height() + 1);
    verticalScrollBar()->setValue(verticalScrollBar()->value() + beyond / m_geometry.lineHeight());
    dragTo(point);
}

void HexView::dragTo(QPoint point)
{
    const qint64 offset = m_geometry.nearest(point + QPoint(horizontalScrollBar()->value(), 0), topLine());
    if (offset >= 0) {
        const bool differs = m_selection.moveTo(offset, true);
        scrollTo(offset);
        changed(differs);
    }
}

void HexView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton) {
        selectField();
    }
}

void HexView::reportHover(qint64 offset)
{
    if (offset != m_reported) {
        m_reported = offset;
        Q_EMIT hovered(offset);
    }
}

void HexView::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu menu(this);
    addCopyActions(menu.addMenu(tr("&Copy as")));
    QAction* field = menu.addAction(tr("Select &field"), this, &HexView::selectField);
    // The text behind the tab shows the key; the view itself listens for it.
    QAction* all = menu.addAction(tr("Select &all\tCtrl+A"), this, [this] { changed(m_selection.selectAll()); });
    menu.addSeparator();
    QAction* goTo = menu.addAction(tr("&Go to offset…\tCtrl+G"), this, &HexView::goToOffset);
    for (QAction* action : { field, all, goTo }) {
        action->setEnabled(m_geometry.size() > 0);
    }
    menu.exec(event->globalPos());
}

void HexView::focusInEvent(QFocusEvent*)
{
    viewport()->update();
}

void HexView::focusOutEvent(QFocusEvent*)
{
    viewport()->update();
}

} // namespace sockeye
