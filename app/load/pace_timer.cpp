// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/load/pace_timer.h"

#include <QTimerEvent>

#include <algorithm>
#include <chrono>
#include <limits>

#ifdef SOCKEYE_EPOLL
#include <sys/timerfd.h>
#include <unistd.h>
#endif

namespace sockeye {

PaceTimer::PaceTimer(QObject* parent)
    : QObject(parent)
{
}

PaceTimer::~PaceTimer()
{
    m_notifier.reset();
#ifdef SOCKEYE_EPOLL
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
#endif
}

void PaceTimer::at(qint64 nanoseconds)
{
#ifdef SOCKEYE_EPOLL
    if (!m_tried) {
        m_tried = true; // here, in the thread that it works in
        m_descriptor = ::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
        if (m_descriptor >= 0) {
            m_notifier.emplace(m_descriptor, QSocketNotifier::Read);
            connect(&*m_notifier, &QSocketNotifier::activated, this, &PaceTimer::due);
        }
    }
    if (m_descriptor >= 0) {
        // Setting it also forgets that it was due, so that nobody has to read it.
        const qint64 when = std::max<qint64>(nanoseconds, 1);
        itimerspec spec {};
        spec.it_value.tv_sec = static_cast<time_t>(when / 1'000'000'000);
        spec.it_value.tv_nsec = static_cast<long>(when % 1'000'000'000);
        ::timerfd_settime(m_descriptor, TFD_TIMER_ABSTIME, &spec, nullptr);
        return;
    }
#endif
    const qint64 left = nanoseconds - std::chrono::steady_clock::now().time_since_epoch().count();
    const qint64 milliseconds = std::clamp<qint64>(left / 1'000'000, 0, std::numeric_limits<int>::max());
    m_coarse.start(static_cast<int>(milliseconds), Qt::PreciseTimer, this);
}

void PaceTimer::stop()
{
#ifdef SOCKEYE_EPOLL
    if (m_descriptor >= 0) {
        const itimerspec never {};
        ::timerfd_settime(m_descriptor, 0, &never, nullptr);
    }
#endif
    m_coarse.stop();
}

void PaceTimer::timerEvent(QTimerEvent* event)
{
    if (event->timerId() == m_coarse.timerId()) {
        m_coarse.stop();
        Q_EMIT due();
    }
}

} // namespace sockeye
