// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/disclosure_button.h"

namespace sockeye {

DisclosureButton::DisclosureButton(const QString& text, QWidget* parent)
    : QToolButton(parent)
{
    setText(text);
    setAccessibleName(QString(text).remove(u'&'));
    setCheckable(true);
    setArrowType(Qt::RightArrow);
    setToolButtonStyle(text.isEmpty() ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
    setFocusPolicy(Qt::StrongFocus);
    setAutoRaise(true);
    connect(this, &QToolButton::toggled, this,
        [this](bool shows) { setArrowType(shows ? Qt::DownArrow : Qt::RightArrow); });
}

} // namespace sockeye
