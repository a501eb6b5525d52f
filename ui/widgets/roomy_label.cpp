// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/roomy_label.h"

#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace sockeye {

void RoomyLabel::setHint(const QString& hint)
{
    if (hint != m_hint) {
        m_hint = hint;
        update();
    }
}

QSize RoomyLabel::sizeHint() const
{
    return QLabel::sizeHint().expandedTo({ 0, twoLines() });
}

QSize RoomyLabel::minimumSizeHint() const
{
    return text().isEmpty() ? QSize(0, 0) : QLabel::minimumSizeHint();
}

int RoomyLabel::heightForWidth(int width) const
{
    return std::max(QLabel::heightForWidth(width), twoLines());
}

int RoomyLabel::twoLines() const
{
    return 2 * fontMetrics().lineSpacing() + contentsMargins().top() + contentsMargins().bottom();
}

void RoomyLabel::paintEvent(QPaintEvent* event)
{
    QLabel::paintEvent(event);
    if (text().isEmpty() && !m_hint.isEmpty()) {
        QPainter painter(this);
        painter.setPen(Theme::instance().muted());
        painter.drawText(contentsRect(), Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_hint);
    }
}

} // namespace sockeye
