// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/ladder/ladder_view.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>

// Pointer and keys of the ladder.

namespace sockeye {

bool LadderView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Leave) {
        setHovered(-1);
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void LadderView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateBars();
    ask();
}

void LadderView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton) {
        QAbstractScrollArea::mousePressEvent(event);
        return;
    }
    if (const qsizetype step = stepAt(event->pos()); step >= 0) {
        goTo(step);
    }
}

void LadderView::mouseMoveEvent(QMouseEvent* event)
{
    setHovered(stepAt(event->pos()));
}

void LadderView::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void LadderView::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

void LadderView::keyPressEvent(QKeyEvent* event)
{
    if ((event->modifiers() & ~Qt::KeypadModifier) != 0) {
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    const qsizetype current = m_marks.current;
    switch (event->key()) {
    case Qt::Key_Up:
        goTo(current < 0 ? firstStep() : current - 1);
        break;
    case Qt::Key_Down:
        goTo(current < 0 ? firstStep() : current + 1);
        break;
    case Qt::Key_PageUp:
        goTo((current < 0 ? firstStep() : current) - stepsSeen());
        break;
    case Qt::Key_PageDown:
        goTo((current < 0 ? firstStep() : current) + stepsSeen());
        break;
    case Qt::Key_Home:
        goTo(0);
        break;
    case Qt::Key_End:
        m_follows = true;
        goTo(total() - 1);
        break;
    case Qt::Key_Left:
    case Qt::Key_Right: {
        QScrollBar* const bar = horizontalScrollBar();
        bar->setValue(bar->value() + (event->key() == Qt::Key_Left ? -1 : 1) * bar->singleStep() * 4);
        break;
    }
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

} // namespace sockeye
