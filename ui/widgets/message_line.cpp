// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/message_line.h"

#include "app/net/failure.h"
#include "ui/theme/theme.h"

#include <QAccessible>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace sockeye {

MessageLine::MessageLine(QWidget* parent)
    : QFrame(parent)
    , m_sign(new QLabel(this))
    , m_text(new QLabel(this))
{
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    auto* dismiss = new QToolButton(this);
    dismiss->setAutoRaise(true);
    dismiss->setText(tr("Dismiss"));
    dismiss->setToolTip(tr("Dismiss this message"));
    dismiss->setAccessibleName(tr("Dismiss message"));
    connect(dismiss, &QToolButton::clicked, this, &QWidget::hide);

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 4, 8, 4);
    layout->addWidget(m_sign);
    layout->addWidget(m_text, 1);
    layout->addWidget(dismiss);
    setAutoFillBackground(true);
    hide();

    connect(&Theme::instance(), &Theme::changed, this, &MessageLine::applyTheme);
    applyTheme();
}

void MessageLine::tell(const Failure& failure)
{
    tell(failure.oneLine());
}

void MessageLine::tell(const QString& text)
{
    m_text->setText(text);
    m_text->setAccessibleName(text);
    show();
    QAccessibleEvent event(m_text, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

QString MessageLine::text() const
{
    return isHidden() ? QString() : m_text->text();
}

void MessageLine::applyTheme()
{
    const Theme& theme = Theme::instance();
    QPalette colours = QGuiApplication::palette();
    colours.setColor(QPalette::Window, theme.notice());
    setPalette(colours);
    m_sign->setPixmap(theme.icon(QStringLiteral("warning")).pixmap(16));
}

} // namespace sockeye
