// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/threads/background_threads.h"

#include <QCoreApplication>
#include <QThreadPool>

#include <atomic>
#include <functional>
#include <memory>
#include <utility>

namespace sockeye {

/// Has something made in the background for who wants the latest result alone. Lives in the thread of the application,
/// in which the results come; none comes once it is gone.
template <typename Result> class LatestTask {
public:
    LatestTask() = default;
    ~LatestTask() { ++*m_latest; }
    LatestTask(const LatestTask&) = delete;
    LatestTask& operator=(const LatestTask&) = delete;

    /// `make` runs in another thread, if no later one was asked for before; then `take` in this one, if none was since.
    void start(std::function<Result()> make, std::function<void(const Result&)> take)
    {
        const quint64 number = ++*m_latest;
        backgroundThreads().start([latest = m_latest, number, make = std::move(make), take = std::move(take)] {
            if (*latest != number) {
                return;
            }
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [latest, number, take, result = make()] {
                    if (*latest == number) {
                        take(result);
                    }
                },
                Qt::QueuedConnection);
        });
    }

private:
    const std::shared_ptr<std::atomic<quint64>> m_latest = std::make_shared<std::atomic<quint64>>(0);
};

} // namespace sockeye
