// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/thread_cost.h"

#include <QByteArray>
#include <QFile>

#include <ctime>

namespace sockeye {

qint64 threadProcessorTime()
{
    timespec time {};
    if (::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0) {
        return static_cast<qint64>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
    }
    return 0;
}

qint64 threadRunDelay()
{
    // Time on a core, time ready without one, turns: Documentation/scheduler/sched-stats.rst of the Linux kernel.
    QFile file(QStringLiteral("/proc/thread-self/schedstat"));
    if (!file.open(QIODevice::ReadOnly)) {
        return 0;
    }
    const QList<QByteArray> words = file.read(256).simplified().split(' ');
    return words.size() >= 2 ? words[1].toLongLong() : 0;
}

} // namespace sockeye
