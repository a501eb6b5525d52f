// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/events/event.h"

#include <QCoreApplication>

#include <algorithm>
#include <ctime>
#include <limits>

namespace sockeye {

namespace {

qint64 nanoseconds(clockid_t clock)
{
    timespec time {};
    ::clock_gettime(clock, &time);
    return qint64(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

} // namespace

QString leftOutText(qint64 bytes)
{
    return QCoreApplication::translate("Capture",
        "gap: %n byte(s) left out here: they came faster than the capture could be written.", nullptr,
        static_cast<int>(std::min<qint64>(bytes, std::numeric_limits<int>::max())));
}

qint64 captureNow()
{
    // The wall clock as it stood at the first call, carried on by one that nobody sets and that goes on while the
    // machine sleeps: events of different threads must be in order.
    static const qint64 start = nanoseconds(CLOCK_REALTIME) - nanoseconds(CLOCK_BOOTTIME);
    return start + nanoseconds(CLOCK_BOOTTIME);
}

} // namespace sockeye
