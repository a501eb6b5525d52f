// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/models/ticker.h"

#include <QCoreApplication>
#include <QMetaMethod>
#include <QPointer>
#include <QTimer>

namespace sockeye {

namespace {
constexpr int tickMilliseconds = 33;
}

Ticker& Ticker::instance()
{
    // A child of the application, so that no timer outlives the event loop that it needs.
    static QPointer<Ticker> ticker;
    if (!ticker) {
        ticker = new Ticker(QCoreApplication::instance());
    }
    return *ticker;
}

Ticker::Ticker(QObject* parent)
    : QObject(parent)
    , m_timer(new QTimer(this))
{
    m_timer->setInterval(tickMilliseconds);
    connect(m_timer, &QTimer::timeout, this, &Ticker::beat);
}

void Ticker::connectNotify(const QMetaMethod& signal)
{
    Q_UNUSED(signal)
    if (!m_timer->isActive()) {
        m_timer->start();
    }
}

void Ticker::beat()
{
    // Whether anybody still listens is asked here, not in disconnectNotify(): that is also called while a listener is
    // being destroyed, with locks held that the question needs.
    if (isSignalConnected(QMetaMethod::fromSignal(&Ticker::tick))) {
        Q_EMIT tick();
    } else {
        m_timer->stop();
    }
}

} // namespace sockeye
