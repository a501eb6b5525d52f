// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/choice_button.h"

#include "ui/theme/theme.h"

#include <QEvent>
#include <QPainter>

namespace sockeye {

namespace {

constexpr int margin = 16;
constexpr int pictureSize = 32;
constexpr int buttonWidth = 336;
constexpr int leastPercent = 75; ///< of that, where there is no room for it
constexpr double radius = 8;

} // namespace

ChoiceButton::ChoiceButton(const QString& iconName, const QString& title, const QString& description, QWidget* parent)
    : QAbstractButton(parent)
    , m_iconName(iconName)
    , m_description(description)
{
    setText(title);
    setAccessibleName(title);
    setAccessibleDescription(description);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    QSizePolicy policy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

QSize ChoiceButton::sizeHint() const
{
    const int width = qMax(buttonWidth, buttonWidth * fontMetrics().averageCharWidth() / 7);
    return { width, heightForWidth(width) };
}

QSize ChoiceButton::minimumSizeHint() const
{
    const int width = qMax(sizeHint().width() * leastPercent / 100,
        QFontMetrics(titleFont()).horizontalAdvance(text()) + 3 * margin + pictureSize);
    return { width, heightForWidth(sizeHint().width()) };
}

int ChoiceButton::heightForWidth(int width) const
{
    const QRect area = textArea(QRect(0, 0, width, 1000));
    const int text = fontMetrics().boundingRect(area, Qt::TextWordWrap, m_description).height();
    return 2 * margin + qMax(pictureSize, QFontMetrics(titleFont()).height() + 4 + text);
}

void ChoiceButton::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool lit = underMouse() || isDown();
    painter.setPen(QPen(hasFocus() || lit ? theme.accent() : theme.separator(), hasFocus() ? 2.0 : 1.0));
    painter.setBrush(isDown() ? palette().alternateBase() : palette().base());
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), radius, radius);

    theme.icon(m_iconName).paint(&painter, QRect(margin, margin, pictureSize, pictureSize));
    const QRect area = textArea(rect());
    painter.setFont(titleFont());
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(area, Qt::AlignLeft | Qt::AlignTop, text());
    painter.setFont(font());
    painter.setPen(theme.muted());
    painter.drawText(area.adjusted(0, QFontMetrics(titleFont()).height() + 4, 0, 0),
        static_cast<int>(Qt::AlignLeft | Qt::AlignTop) | Qt::TextWordWrap, m_description);
}

bool ChoiceButton::event(QEvent* event)
{
    if (event->type() == QEvent::HoverEnter || event->type() == QEvent::HoverLeave) {
        update();
    }
    return QAbstractButton::event(event);
}

QFont ChoiceButton::titleFont() const
{
    QFont large(font());
    large.setPointSizeF(font().pointSizeF() * 1.25);
    large.setWeight(QFont::DemiBold);
    return large;
}

QRect ChoiceButton::textArea(const QRect& within) const
{
    return within.adjusted(margin + pictureSize + margin, margin - 2, -margin, -margin);
}

} // namespace sockeye
