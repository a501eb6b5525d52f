// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/threads/background_threads.h"

#include "app/threads/application_end.h"

#include <QThread>
#include <QThreadPool>

#include <algorithm>

namespace sockeye {

namespace {

// A search through millions of messages must not keep a message from being shown.
constexpr int fewestThreads = 4;

struct BackgroundThreads : QThreadPool {
    BackgroundThreads() { setMaxThreadCount(std::max(fewestThreads, QThread::idealThreadCount())); }

    static BackgroundThreads& instance()
    {
        static BackgroundThreads threads;
        return threads;
    }
};

} // namespace

QThreadPool& backgroundThreads()
{
    waitAtApplicationEnd([] { BackgroundThreads::instance().waitForDone(); });
    return BackgroundThreads::instance();
}

} // namespace sockeye
