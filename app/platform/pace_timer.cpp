// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/pace_timer.h"

#include <QTimerEvent>

#include <algorithm>
#include <chrono>
#include <limits>

namespace sockeye {

PaceTimer::PaceTimer(QObject* parent)
    : QObject(parent)
{
}

PaceTimer::~PaceTimer() = default;

void PaceTimer::at(qint64 nanoseconds)
{
    if (!m_tried) {
        m_tried = true; // here, in the thread that it works in
        m_fine = newFineTimer([this] { Q_EMIT due(); });
    }
    if (m_fine) {
        m_fine->at(nanoseconds);
        return;
    }
    const qint64 left = nanoseconds - std::chrono::steady_clock::now().time_since_epoch().count();
    const qint64 milliseconds = std::clamp<qint64>(left / 1'000'000, 0, std::numeric_limits<int>::max());
    m_coarse.start(static_cast<int>(milliseconds), Qt::PreciseTimer, this);
}

void PaceTimer::stop()
{
    if (m_fine) {
        m_fine->stop();
    }
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
