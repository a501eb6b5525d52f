// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/models/message_ref.h"

#include <QObject>

namespace sockeye {

/// Finds the row of the capture that holds a message of which only the place in its stream is known. The capture
/// indexes in its own thread, so that the row may come a moment after the message: asked for one that is not there yet,
/// the locator looks again with every tick, and after a while settles for the bytes without a row.
class MessageLocator : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Looks for `wanted.record` (connection, direction, offset; size as far as it is known) from `firstRow` on.
    /// What was asked for last wins.
    void locate(const MessageRef& wanted, qsizetype firstRow);
    void cancel();

Q_SIGNALS:
    void located(const sockeye::MessageRef& message);

private:
    void look();

    MessageRef m_wanted;
    qsizetype m_next = 0; ///< row to look at next
    int m_ticksLeft = 0;
};

} // namespace sockeye
