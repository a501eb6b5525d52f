// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/theme/style.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyleOption>
#include <QTabBar>

namespace sockeye {

namespace {

/// Palettes in use at one time: that of the program, and of the few parts that have one of their own.
constexpr qsizetype keptPalettes = 32;

/// Pixels that the arrow of a button with a menu takes at its right.
constexpr int menuArrowRoom = 13;

void drawTab(const QStyleOptionTab& tab, QPainter& painter)
{
    const Theme& theme = Theme::instance();
    const bool selected = tab.state.testFlag(QStyle::State_Selected);
    const bool hovered = tab.state.testFlag(QStyle::State_MouseOver) && tab.state.testFlag(QStyle::State_Enabled);
    if (selected) {
        painter.fillRect(tab.rect, tab.palette.base());
    } else if (hovered) {
        QColor wash = tab.palette.color(QPalette::WindowText);
        wash.setAlphaF(0.06F);
        painter.fillRect(tab.rect, wash);
    }
    if (selected) {
        painter.fillRect(QRect(tab.rect.left(), tab.rect.top(), tab.rect.width(), 2), theme.accent());
        painter.fillRect(QRect(tab.rect.left(), tab.rect.top(), 1, tab.rect.height()), theme.separator());
        painter.fillRect(QRect(tab.rect.right(), tab.rect.top(), 1, tab.rect.height()), theme.separator());
    } else {
        painter.fillRect(QRect(tab.rect.left(), tab.rect.bottom(), tab.rect.width(), 1), theme.separator());
    }
}

void drawHeaderSection(const QStyleOptionHeader& header, QPainter& painter)
{
    const QColor line = Theme::instance().separator();
    painter.fillRect(header.rect, header.palette.window());
    painter.fillRect(QRect(header.rect.left(), header.rect.bottom(), header.rect.width(), 1), line);
    if (header.orientation == Qt::Horizontal && header.position != QStyleOptionHeader::End
        && header.position != QStyleOptionHeader::OnlyOneSection) {
        painter.fillRect(QRect(header.rect.right(), header.rect.top() + 4, 1, header.rect.height() - 8), line);
    }
}

/// The cross on a tab: thin and quiet until the pointer is over it.
void drawCloseCross(const QStyleOption& option, QPainter& painter)
{
    const bool hovered = option.state.testFlag(QStyle::State_Raised) || option.state.testFlag(QStyle::State_Sunken);
    const QRectF place = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (hovered) {
        QColor wash = option.palette.color(QPalette::WindowText);
        wash.setAlphaF(0.12F);
        painter.setPen(Qt::NoPen);
        painter.setBrush(wash);
        painter.drawRoundedRect(place, 3, 3);
    }
    const double reach = place.width() * 0.22;
    const QPointF middle = place.center();
    painter.setPen(QPen(hovered ? option.palette.color(QPalette::WindowText) : Theme::instance().muted(), 1.4));
    painter.drawLine(middle - QPointF(reach, reach), middle + QPointF(reach, reach));
    painter.drawLine(middle - QPointF(reach, -reach), middle + QPointF(reach, -reach));
    painter.restore();
}

/// The whole button opens a menu (as opposed to one with an arrow part of its own), and has a text.
bool isMenuButton(const QStyleOptionToolButton& button)
{
    return button.features.testFlag(QStyleOptionToolButton::HasMenu)
        && !button.features.testFlag(QStyleOptionToolButton::MenuButtonPopup) && !button.text.isEmpty()
        && button.toolButtonStyle != Qt::ToolButtonIconOnly;
}

} // namespace

Style::Style()
    : QProxyStyle(QStringLiteral("Fusion"))
    , m_outlined(keptPalettes)
{
}

/// Fusion outlines fields and buttons in the window's colour, darkened by 140 %: on a dark window nobody would see
/// them. This is the same palette with a window colour from which it gets our outline. Kept, because Fusion in turn
/// keeps pictures by palette.
QPalette Style::outlined(const QPalette& palette) const
{
    if (const QPalette* kept = m_outlined.object(palette.cacheKey())) {
        return *kept;
    }
    QPalette made(palette);
    made.setColor(QPalette::Window, Theme::instance().outline().lighter(140));
    m_outlined.insert(palette.cacheKey(), new QPalette(made));
    return made;
}

void Style::drawControl(
    ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    switch (element) {
    case CE_TabBarTabShape:
        if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option);
            tab != nullptr && tab->shape == QTabBar::RoundedNorth) {
            drawTab(*tab, *painter);
            return;
        }
        break;
    case CE_HeaderSection:
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option)) {
            drawHeaderSection(*header, *painter);
            return;
        }
        break;
    case CE_HeaderEmptyArea:
    case CE_ToolBar:
        painter->fillRect(option->rect, option->palette.window());
        painter->fillRect(
            QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), Theme::instance().separator());
        return;
    case CE_Splitter: {
        const QPoint middle = option->rect.center();
        const QRect line = option->state.testFlag(State_Horizontal)
            ? QRect(middle.x(), option->rect.top(), 1, option->rect.height())
            : QRect(option->rect.left(), middle.y(), option->rect.width(), 1);
        painter->fillRect(line, Theme::instance().separator());
        return;
    }
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawPrimitive(
    PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    switch (element) {
    case PE_FrameStatusBarItem:
    case PE_PanelStatusBar:
        return;
    case PE_FrameLineEdit: {
        const bool focused = option->state.testFlag(State_HasFocus);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setBrush(Qt::NoBrush);
        painter->setPen(focused ? Theme::instance().accent() : Theme::instance().outline());
        painter->drawRoundedRect(QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
        painter->restore();
        return;
    }
    case PE_PanelButtonCommand:
    case PE_IndicatorCheckBox:
    case PE_IndicatorRadioButton:
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option)) {
            QStyleOptionButton copy(*button);
            copy.palette = outlined(option->palette);
            QProxyStyle::drawPrimitive(element, &copy, painter, widget);
            return;
        }
        break;
    case PE_PanelButtonTool: {
        QStyleOption copy(*option);
        copy.palette = outlined(option->palette);
        QProxyStyle::drawPrimitive(element, &copy, painter, widget);
        if (option->state.testFlag(State_On)) {
            // Lighter or darker is not enough to tell which of two is on.
            painter->fillRect(option->rect.adjusted(3, option->rect.height() - 3, -3, -1), Theme::instance().accent());
        }
        return;
    }
    case PE_IndicatorTabClose:
        drawCloseCross(*option, *painter);
        return;
    case PE_FrameTabBarBase:
        painter->fillRect(
            QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), Theme::instance().separator());
        return;
    case PE_Frame: {
        // Item views and text areas: one thin line, in the accent while they have the focus.
        const bool focused =
            option->state.testFlag(State_HasFocus) && option->state.testFlag(State_KeyboardFocusChange);
        painter->save();
        painter->setPen(focused ? Theme::instance().accent() : Theme::instance().separator());
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5));
        painter->restore();
        return;
    }
    default:
        break;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void Style::drawComplexControl(
    ComplexControl control, const QStyleOptionComplex* option, QPainter* painter, const QWidget* widget) const
{
    if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option)) {
        QStyleOptionComboBox copy(*combo);
        copy.palette = outlined(option->palette);
        QProxyStyle::drawComplexControl(control, &copy, painter, widget);
        return;
    }
    if (const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option)) {
        QStyleOptionSpinBox copy(*spin);
        copy.palette = outlined(option->palette);
        QProxyStyle::drawComplexControl(control, &copy, painter, widget);
        return;
    }
    const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option);
    if (control != CC_ToolButton || button == nullptr || !isMenuButton(*button)) {
        QProxyStyle::drawComplexControl(control, option, painter, widget);
        return;
    }
    // Fusion would squeeze the arrow into the corner, over the text.
    QStyleOptionToolButton plain(*button);
    plain.features &= ~QStyleOptionToolButton::ToolButtonFeatures(QStyleOptionToolButton::HasMenu);
    QProxyStyle::drawComplexControl(control, &plain, painter, widget);
    QStyleOption arrow;
    arrow.palette = button->palette;
    arrow.state = button->state;
    arrow.direction = button->direction;
    arrow.fontMetrics = button->fontMetrics;
    arrow.rect = QRect(button->rect.right() - menuArrowRoom + 1, button->rect.center().y() - 4, 9, 9);
    QProxyStyle::drawPrimitive(PE_IndicatorArrowDown, &arrow, painter, widget);
}

QSize Style::sizeFromContents(
    ContentsType type, const QStyleOption* option, const QSize& size, const QWidget* widget) const
{
    QSize whole = QProxyStyle::sizeFromContents(type, option, size, widget);
    const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option);
    if (type == CT_ToolButton && button != nullptr && isMenuButton(*button)) {
        whole.rwidth() += 2 * menuArrowRoom - 6;
    }
    return whole;
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
    case PM_SplitterWidth:
        return 7;
    case PM_ToolBarItemSpacing:
        return 4;
    case PM_ToolBarFrameWidth:
        return 0;
    case PM_ToolBarItemMargin:
        return 4;
    case PM_TabBarTabHSpace:
        return 24;
    case PM_TabBarTabVSpace:
        return 12;
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabShiftVertical:
        return 0;
    case PM_DefaultFrameWidth:
        return 1;
    default:
        break;
    }
    return QProxyStyle::pixelMetric(metric, option, widget);
}

int Style::styleHint(
    StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* returnData) const
{
    if (hint == SH_TabBar_ElideMode) {
        return Qt::ElideRight;
    }
    if (hint == SH_DialogButtonBox_ButtonsHaveIcons) {
        return 0; // Fusion's are black, whatever is behind them
    }
    return QProxyStyle::styleHint(hint, option, widget, returnData);
}

} // namespace sockeye
