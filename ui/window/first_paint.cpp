// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/first_paint.h"

#include "app/platform/process_age.h"

#include <QCoreApplication>
#include <QEvent>
#include <QTimer>
#include <QWidget>

#include <cstdio>

namespace sockeye {

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

} // namespace sockeye
