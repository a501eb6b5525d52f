// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/models/selected_message.h"

#include <QCoreApplication>
#include <QPointer>

namespace sockeye {

SelectedMessage& SelectedMessage::instance()
{
    static QPointer<SelectedMessage> selected;
    if (!selected) {
        selected = new SelectedMessage(QCoreApplication::instance());
    }
    return *selected;
}

void SelectedMessage::set(const MessageRef& message)
{
    const bool hasBytes = message.capture && message.record.size > 0;
    m_message = hasBytes ? message : MessageRef();
    Q_EMIT changed();
}

} // namespace sockeye
