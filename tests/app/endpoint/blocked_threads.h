// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/io_threads.h"

#include <QObject>
#include <QSemaphore>

#include <memory>
#include <vector>

namespace sockeye {

/// I/O threads that do nothing, all of them, until let go. Those who wait for them anyway are let go after some
/// seconds, so that the test fails instead of hanging.
class BlockedThreads {
public:
    explicit BlockedThreads(const IoThreads& threads)
        : m_state(std::make_shared<State>())
        , m_count(threads.count())
    {
        for (int i = 0; i < m_count; ++i) {
            auto* const there = new QObject;
            there->moveToThread(threads.thread(i));
            QMetaObject::invokeMethod(there, [there, state = m_state, stay = threads.stay()] {
                state->blocked.release();
                state->gaveUp.store(!state->go.tryAcquire(1, longest) || state->gaveUp.load());
                there->deleteLater();
            });
        }
        m_state->blocked.acquire(m_count);
    }
    ~BlockedThreads() { letGo(); }
    BlockedThreads(const BlockedThreads&) = delete;
    BlockedThreads& operator=(const BlockedThreads&) = delete;

    /// False once anybody has waited for too long.
    [[nodiscard]] bool areBlocked() const { return !m_state->gaveUp.load(); }
    void letGo() { m_state->go.release(std::exchange(m_count, 0)); }

private:
    static constexpr int longest = 5'000; // ms
    struct State {
        QSemaphore blocked;
        QSemaphore go;
        std::atomic<bool> gaveUp { false };
    };
    std::shared_ptr<State> m_state;
    int m_count;
};

} // namespace sockeye
