// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/flat_scroll_area.h"

#include <QEvent>
#include <QScrollBar>

#include <algorithm>

namespace sockeye {

FlatScrollArea::FlatScrollArea(QWidget* content, int leastLines, QWidget* parent)
    : QScrollArea(parent)
    , m_leastLines(leastLines)
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus); // one goes from field to field, and what has the focus is scrolled to
    setWidget(content);
    content->setAutoFillBackground(false);
    viewport()->setAutoFillBackground(false);
    QSizePolicy policy = content->sizePolicy();
    policy.setVerticalPolicy(QSizePolicy::Maximum);
    setSizePolicy(policy);
}

int FlatScrollArea::contentHeight() const
{
    return std::max(widget()->sizeHint().height(), widget()->minimumSizeHint().height());
}

QSize FlatScrollArea::sizeHint() const
{
    return { widget()->sizeHint().width(), contentHeight() };
}

QSize FlatScrollArea::minimumSizeHint() const
{
    const int least = m_leastLines * fontMetrics().lineSpacing();
    return { widget()->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width(),
        std::min(least, contentHeight()) };
}

bool FlatScrollArea::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == widget() && event->type() == QEvent::LayoutRequest) {
        updateGeometry();
    }
    return QScrollArea::eventFilter(watched, event);
}

} // namespace sockeye
