// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/threads/background_threads.h"

#include <QCoreApplication>
#include <QThread>
#include <QThreadPool>

#include <algorithm>

namespace sockeye {

namespace {

// A search through millions of messages must not keep a message from being shown.
constexpr int fewestThreads = 4;

class BackgroundThreads {
public:
    BackgroundThreads()
    {
        m_pool.setMaxThreadCount(std::max(fewestThreads, QThread::idealThreadCount()));
        qAddPostRoutine([] { backgroundThreads().waitForDone(); });
    }
    [[nodiscard]] QThreadPool& pool() { return m_pool; }

private:
    QThreadPool m_pool;
};

} // namespace

QThreadPool& backgroundThreads()
{
    static BackgroundThreads threads;
    return threads.pool();
}

} // namespace sockeye
