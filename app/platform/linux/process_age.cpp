// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/process_age.h"

#include <QByteArray>
#include <QFile>
#include <QList>

#include <ctime>

#include <unistd.h>

namespace sockeye {

namespace {

constexpr qsizetype startTimeField = 19; ///< of /proc/self/stat, counted from the first one after the program's name

} // namespace

qint64 millisecondsSinceStart()
{
    QFile file(QStringLiteral("/proc/self/stat"));
    if (!file.open(QIODevice::ReadOnly)) {
        return -1;
    }
    // The name may hold spaces and brackets; the last bracket ends it.
    const QByteArray line = file.readAll();
    const QList<QByteArray> fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
    timespec now {};
    if (fields.size() <= startTimeField || ::clock_gettime(CLOCK_BOOTTIME, &now) != 0) {
        return -1;
    }
    const qint64 started = fields.at(startTimeField).toLongLong() * 1000 / ::sysconf(_SC_CLK_TCK);
    return now.tv_sec * 1000 + now.tv_nsec / 1'000'000 - started;
}

} // namespace sockeye
