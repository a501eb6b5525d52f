// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QToolButton>

namespace sockeye {

/// A tool button with a text, which names it (a mnemonic aside), that the Tab key reaches.
[[nodiscard]] inline QToolButton* newTextButton(QWidget* parent, const QString& text, const QString& toolTip)
{
    auto* const button = new QToolButton(parent);
    button->setText(text);
    button->setToolTip(toolTip);
    button->setAccessibleName(QString(text).remove(u'&'));
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

} // namespace sockeye
