// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/endpoints_delegate.h"

#include "ui/theme/theme.h"
#include "ui/window/endpoints_model.h"

#include <QApplication>
#include <QPainter>

namespace sockeye {

namespace {

constexpr int margin = 8;
constexpr int gap = 8;
constexpr int iconSize = 16;
constexpr int dotSize = 8;

void drawDot(QPainter& painter, const QRectF& place, const QColor& colour, bool filled)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour, 1.4));
    painter.setBrush(filled ? QBrush(colour) : QBrush(Qt::NoBrush));
    painter.drawEllipse(place.adjusted(0.7, 0.7, -0.7, -0.7));
}

} // namespace

void EndpointsDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Theme& theme = Theme::instance();
    const QStyle* style = option.widget != nullptr ? option.widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &option, painter, option.widget);

    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool active = index.data(EndpointsModel::ActiveRole).toBool();
    const QColor textColour = option.palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
    const QColor stateColour = selected ? textColour : (active ? theme.good() : theme.muted());
    const QFontMetrics metrics(option.font);
    const QRect area = option.rect.adjusted(margin, margin / 2, -margin, -margin / 2);
    const int left = area.left() + iconSize + gap;
    const QRect titleLine(left, area.top(), area.right() - left, metrics.height());
    const QRect stateLine = titleLine.translated(0, metrics.height() + 2);

    painter->save();
    const QRect iconPlace(area.left(), titleLine.center().y() - iconSize / 2, iconSize, iconSize);
    index.data(Qt::DecorationRole)
        .value<QIcon>()
        .paint(painter, iconPlace, Qt::AlignCenter, selected ? QIcon::Selected : QIcon::Normal);
    painter->setFont(option.font);
    painter->setPen(textColour);
    painter->drawText(titleLine, Qt::AlignLeft | Qt::AlignVCenter,
        metrics.elidedText(index.data(Qt::DisplayRole).toString(), Qt::ElideRight, titleLine.width()));
    painter->setPen(selected ? textColour : theme.muted());
    const QRect stateText = stateLine.adjusted(dotSize + gap / 2, 0, 0, 0);
    painter->drawText(stateText, Qt::AlignLeft | Qt::AlignVCenter,
        metrics.elidedText(index.data(EndpointsModel::StateRole).toString(), Qt::ElideRight, stateText.width()));
    drawDot(*painter, QRectF(stateLine.left(), stateLine.center().y() - dotSize / 2.0 + 0.5, dotSize, dotSize),
        stateColour, active);
    painter->restore();
}

QSize EndpointsDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    const QFontMetrics metrics(option.font);
    return { 120, 2 * metrics.height() + 2 + margin };
}

} // namespace sockeye
