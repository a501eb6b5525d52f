// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/models/ticker.h"

#include <QCoreApplication>
#include <QMetaMethod>
#include <QPointer>
#include <QTimer>

#include <algorithm>
#include <ctime>

namespace sockeye {

namespace {

using namespace std::chrono_literals;
constexpr auto shortest = 33ms;
constexpr auto longest = 250ms;
// What a beat leads to, painting included, takes this part of the time at most: the rest is for who uses the window,
// and on few cores for the threads that bring what is shown.
constexpr int share = 8;

std::chrono::nanoseconds processorTime()
{
    timespec time {};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

} // namespace

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
    m_timer->setInterval(shortest);
    connect(m_timer, &QTimer::timeout, this, &Ticker::beat);
}

void Ticker::connectNotify(const QMetaMethod& signal)
{
    Q_UNUSED(signal)
    if (!m_timer->isActive()) {
        m_spent = processorTime();
        m_timer->start(shortest);
    }
}

void Ticker::beat()
{
    // Whether anybody still listens is asked here, not in disconnectNotify(): that is also called while a listener is
    // being destroyed, with locks held that the question needs.
    if (isSignalConnected(QMetaMethod::fromSignal(&Ticker::tick))) {
        const std::chrono::nanoseconds spent = processorTime();
        const auto wanted = std::chrono::ceil<std::chrono::milliseconds>((spent - m_spent) * share);
        m_spent = spent;
        m_timer->setInterval(std::clamp<std::chrono::milliseconds>(wanted, shortest, longest));
        Q_EMIT tick();
    } else {
        m_timer->stop();
    }
}

} // namespace sockeye
