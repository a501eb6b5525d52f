// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/messages/message_locator.h"

#include "ui/models/ticker.h"

namespace sockeye {

namespace {

constexpr int patience = 60; ///< ticks: about two seconds
constexpr qsizetype maxRowsAtOnce = 50'000;

} // namespace

void MessageLocator::locate(const MessageRef& wanted, qsizetype firstRow)
{
    cancel();
    m_wanted = wanted;
    m_next = firstRow;
    m_ticksLeft = patience;
    connect(&Ticker::instance(), &Ticker::tick, this, &MessageLocator::look);
    look();
}

void MessageLocator::cancel()
{
    disconnect(&Ticker::instance(), &Ticker::tick, this, &MessageLocator::look);
    m_wanted = {};
}

void MessageLocator::look()
{
    const MessageRecord& record = m_wanted.record;
    const qsizetype end = qMin(m_wanted.capture->messageCount(), m_next + maxRowsAtOnce);
    for (; m_next < end; ++m_next) {
        const MessageRecord found = m_wanted.capture->message(m_next);
        const bool hasBytes = found.kind == RecordKind::Message || found.kind == RecordKind::BadMessage;
        if (hasBytes && found.connection == record.connection && found.direction == record.direction
            && found.offset == record.offset) {
            const MessageRef message { m_wanted.capture, m_next, found };
            cancel();
            Q_EMIT located(message);
            return;
        }
    }
    if (--m_ticksLeft <= 0) {
        const MessageRef message = m_wanted;
        cancel();
        Q_EMIT located(message);
    }
}

} // namespace sockeye
