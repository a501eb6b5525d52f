// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/first_paint.h"

#include <QCoreApplication>
#include <QEvent>
#include <QFile>
#include <QTimer>
#include <QWidget>

#include <ctime>
#include <unistd.h>

#include <cstdio>

namespace sockeye {

namespace {

constexpr qsizetype startTimeField = 19; ///< of /proc/self/stat, counted from the first one after the program's name

} // namespace

FirstPaint::FirstPaint(QWidget* window)
    : QObject(window)
{
    window->installEventFilter(this);
}

bool FirstPaint::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Paint && !m_seen) {
        m_seen = true;
        // The turn after the one that paints: everything that was queued before has had its time, input would be next.
        QTimer::singleShot(0, this, [] {
            std::fprintf(stderr, "first paint: %lld ms\n", static_cast<long long>(millisecondsSinceStart()));
            QCoreApplication::quit();
        });
    }
    return QObject::eventFilter(watched, event);
}

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
    if (fields.size() <= startTimeField || clock_gettime(CLOCK_BOOTTIME, &now) != 0) {
        return -1;
    }
    const qint64 started = fields.at(startTimeField).toLongLong() * 1000 / sysconf(_SC_CLK_TCK);
    return now.tv_sec * 1000 + now.tv_nsec / 1'000'000 - started;
}

} // namespace sockeye
