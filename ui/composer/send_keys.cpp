// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/send_keys.h"

#include <QShortcut>

namespace sockeye {

void sendOnKeys(QWidget& widget, const std::function<void()>& send)
{
    for (const Qt::Key key : { Qt::Key_Return, Qt::Key_Enter }) {
        auto* shortcut = new QShortcut(QKeySequence(Qt::CTRL | key), &widget);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        QObject::connect(shortcut, &QShortcut::activated, &widget, send);
    }
}

} // namespace sockeye
