// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/pages/page_tab_bar.h"

#include <QMouseEvent>

namespace sockeye {

namespace {

/// How far from the bar, in pixels, a tab must be pulled to come off: enough not to happen while reordering.
constexpr int tearDistance = 48;

} // namespace

PageTabBar::PageTabBar(QWidget* parent)
    : QTabBar(parent)
{
    setMovable(true);
    setTabsClosable(true);
    setDocumentMode(true);
    setDrawBase(true);
    setExpanding(false);
    setUsesScrollButtons(true);
}

void PageTabBar::mousePressEvent(QMouseEvent* event)
{
    m_middlePressed = event->button() == Qt::MiddleButton ? tabAt(event->position().toPoint()) : -1;
    m_dragging = event->button() == Qt::LeftButton && tabAt(event->position().toPoint()) >= 0;
    QTabBar::mousePressEvent(event);
}

void PageTabBar::mouseMoveEvent(QMouseEvent* event)
{
    const QPoint position = event->position().toPoint();
    const bool outside = !rect().adjusted(-tearDistance, -tearDistance, tearDistance, tearDistance).contains(position);
    if (m_dragging && outside) {
        m_dragging = false;
        // Reordering by the base class ends first, as if the button had been released over the bar.
        QMouseEvent release(QEvent::MouseButtonRelease, event->position(), event->globalPosition(), Qt::LeftButton,
            Qt::NoButton, event->modifiers());
        QTabBar::mouseReleaseEvent(&release);
        Q_EMIT draggedOut(currentIndex(), event->globalPosition().toPoint());
        return;
    }
    QTabBar::mouseMoveEvent(event);
}

void PageTabBar::mouseReleaseEvent(QMouseEvent* event)
{
    m_dragging = false;
    if (event->button() == Qt::MiddleButton) {
        const int index = tabAt(event->position().toPoint());
        if (index >= 0 && index == m_middlePressed) {
            Q_EMIT tabCloseRequested(index);
        }
        m_middlePressed = -1;
        return;
    }
    QTabBar::mouseReleaseEvent(event);
}

} // namespace sockeye
