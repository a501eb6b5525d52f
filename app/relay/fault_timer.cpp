// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/fault_timer.h"

#include <QTimerEvent>

#include <algorithm>

namespace sockeye {

FaultTime FaultTimer::now()
{
    return std::chrono::duration_cast<FaultTime>(std::chrono::steady_clock::now().time_since_epoch());
}

void FaultTimer::wakeAt(std::optional<FaultTime> due, QObject* owner)
{
    if (!due || (m_due && *m_due <= *due)) {
        return;
    }
    m_due = due;
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(*due - now()).count();
    m_timer.start(
        static_cast<int>(std::clamp<std::chrono::milliseconds::rep>(wait, 0, 3600 * 1000)), Qt::PreciseTimer, owner);
}

bool FaultTimer::takes(const QTimerEvent* event)
{
    if (event->timerId() != m_timer.timerId()) {
        return false;
    }
    stop();
    return true;
}

void FaultTimer::stop()
{
    m_timer.stop();
    m_due.reset();
}

} // namespace sockeye
