// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/filter/candidate_delegate.h"

#include "ui/theme/theme.h"

#include <QApplication>
#include <QPainter>

namespace sockeye {

void CandidateDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    const QString about = index.data(AboutRole).toString();
    constexpr int margin = 8;
    constexpr int gap = 16;
    const QFont font = QApplication::font();
    const QFontMetrics metrics(font);
    const int taken = option.fontMetrics.horizontalAdvance(index.data().toString()) + gap;
    const QRect place = option.rect.adjusted(taken, 0, -margin, 0);
    const QString shown = metrics.elidedText(about, Qt::ElideRight, place.width());
    if (shown.isEmpty() || place.width() <= 0) {
        return;
    }
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->setFont(font);
    painter->setPen(isSelected ? option.palette.color(QPalette::HighlightedText) : Theme::instance().muted());
    painter->drawText(place, static_cast<int>(Qt::AlignRight | Qt::AlignVCenter), shown);
    painter->restore();
}

QSize CandidateDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    constexpr int padding = 3; // above and below
    return QStyledItemDelegate::sizeHint(option, index).grownBy({ 0, padding, 0, padding });
}

} // namespace sockeye
