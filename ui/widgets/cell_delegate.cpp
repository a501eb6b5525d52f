// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/cell_delegate.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>
#include <QWidget>
#include <QtMath>

#include <algorithm>
#include <utility>

namespace sockeye {

namespace {

// A large window has some 5,000 characters in its cells; a character takes some 40 bytes here.
constexpr qsizetype keptCharacters = 32'768;
constexpr qsizetype longestText = 1'024;

/// Whether the cell holds one line of text in the font of its table, at its left or right, and nothing else.
bool isPlain(const QStyleOptionViewItem& cell, Qt::TextElideMode elide)
{
    using Option = QStyleOptionViewItem;
    return (cell.features & (Option::HasDecoration | Option::HasCheckIndicator | Option::WrapText)) == 0
        && (cell.state & QStyle::State_HasFocus) == 0 && cell.direction == Qt::LeftToRight
        && (cell.displayAlignment & Qt::AlignHCenter) == 0 && cell.textElideMode == elide && cell.widget
        && cell.font == cell.widget->font() && cell.text.size() <= longestText
        && !cell.text.contains(QChar::LineSeparator);
}

QPalette::ColorGroup colourGroup(const QStyleOptionViewItem& cell)
{
    if ((cell.state & QStyle::State_Enabled) == 0) {
        return QPalette::Disabled;
    }
    return (cell.state & QStyle::State_Active) == 0 ? QPalette::Inactive : QPalette::Normal;
}

} // namespace

CellDelegate::CellDelegate(QObject* parent, Qt::TextElideMode elide)
    : QStyledItemDelegate(parent)
    , m_elide(elide)
    , m_shaped(keptCharacters)
{
}

void CellDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    if (m_elide != Qt::ElideRight) { // that is the view's own
        option->textElideMode = m_elide;
    }
}

bool CellDelegate::helpEvent(
    QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option, const QModelIndex& index)
{
    if (event->type() == QEvent::ToolTip && index.data(Qt::ToolTipRole).toString().isEmpty()) {
        QStyleOptionViewItem cell = option;
        initStyleOption(&cell, index);
        const int margin = 2 * (view->style()->pixelMetric(QStyle::PM_FocusFrameHMargin, &cell, view) + 1);
        const bool isCut = cell.fontMetrics.horizontalAdvance(cell.text) > cell.rect.width() - margin;
        QToolTip::showText(event->globalPos(), isCut ? cell.text.left(longestText) : QString(), view);
        return true;
    }
    return QStyledItemDelegate::helpEvent(event, view, option, index);
}

void CellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    if (!isPlain(cell, m_elide)) {
        QStyledItemDelegate::paint(painter, option, index);
        return;
    }
    const QString text = std::exchange(cell.text, {});
    cell.features &= ~QStyleOptionViewItem::HasDisplay;
    cell.widget->style()->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);
    if (!text.isEmpty()) {
        paintText(painter, cell, text);
    }
}

void CellDelegate::paintText(QPainter* painter, const QStyleOptionViewItem& cell, const QString& text) const
{
    // As QCommonStyle places it.
    const int margin = cell.widget->style()->pixelMetric(QStyle::PM_FocusFrameHMargin, &cell, cell.widget) + 1;
    const QRect area = cell.rect.adjusted(margin, 0, -margin, 0);
    if (area.width() <= 0) {
        return;
    }
    const QStaticText shapes = shaped(cell, text, area.width());
    const QSizeF size = shapes.size();
    const QRect line = QStyle::alignedRect(Qt::LeftToRight, cell.displayAlignment & Qt::AlignVertical_Mask,
        QSize(area.width(), qCeil(size.height())), area);
    const qreal left = area.left() + ((cell.displayAlignment & Qt::AlignRight) ? area.width() - size.width() : 0);
    const bool selected = cell.state & QStyle::State_Selected;
    painter->save();
    painter->setClipRect(cell.rect, Qt::IntersectClip);
    painter->setFont(cell.font);
    painter->setPen(cell.palette.color(colourGroup(cell), selected ? QPalette::HighlightedText : QPalette::Text));
    painter->drawStaticText(QPointF(left, line.top()), shapes);
    painter->restore();
}

QStaticText CellDelegate::shaped(const QStyleOptionViewItem& cell, const QString& text, int width) const
{
    if (m_font != cell.font) {
        m_shaped.clear();
        m_font = cell.font;
    }
    const Key key { text, width };
    if (const QStaticText* known = m_shaped.object(key)) {
        return *known;
    }
    QTextOption option;
    option.setWrapMode(QTextOption::NoWrap);
    option.setTextDirection(Qt::LeftToRight);
    QStaticText made(text);
    made.setTextFormat(Qt::PlainText);
    made.setTextOption(option);
    made.prepare({}, cell.font);
    if (made.size().width() > width) {
        made.setText(cell.fontMetrics.elidedText(text, cell.textElideMode, width));
        made.prepare({}, cell.font);
    }
    m_shaped.insert(key, new QStaticText(made), std::max<qsizetype>(text.size(), 1));
    return made;
}

} // namespace sockeye
