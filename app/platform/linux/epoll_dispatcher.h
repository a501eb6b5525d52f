// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/platform/linux/timer_queue.h"

#include <QAbstractEventDispatcher>

#include <array>
#include <atomic>
#include <cstdint>
#include <vector>

#include <sys/epoll.h>

class QSocketNotifier;

namespace sockeye {

/// An event dispatcher on Linux' epoll, for threads with many sockets: Qt's own hands every socket to the kernel at
/// every turn, so that idle connections slow the busy ones; this one's turn costs only what is ready.
///
/// It does what Qt's does: socket notifiers of the three types (level-triggered), timers, posted events, wake-up from
/// other threads. Set it with QThread::setEventDispatcher() before the thread starts. Native event filters see nothing:
/// there are no native events here.
///
/// Notifiers that are switched on and off are noted down and told to the kernel once, just before waiting: one that
/// was switched on and off again in the same turn costs no system call. A descriptor may be closed, and its number come
/// back for another file, between two turns: numbers that lost all their notifiers are registered anew, under a new
/// generation, and what the kernel still had to say about an older one is dropped. Regular files, which are always
/// ready, cannot be watched with epoll.
class EpollDispatcher final : public QAbstractEventDispatcher {
    Q_OBJECT
public:
    explicit EpollDispatcher(QObject* parent = nullptr);
    ~EpollDispatcher() override;

    [[nodiscard]] bool isValid() const { return m_epoll >= 0 && m_wake >= 0; } ///< false: no descriptors left

    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;
    void registerSocketNotifier(QSocketNotifier* notifier) override;
    void unregisterSocketNotifier(QSocketNotifier* notifier) override;
    using QAbstractEventDispatcher::registerTimer;
    void registerTimer(int timerId, qint64 interval, Qt::TimerType timerType, QObject* object) override;
    bool unregisterTimer(int timerId) override;
    bool unregisterTimers(QObject* object) override;
    [[nodiscard]] QList<TimerInfo> registeredTimers(QObject* object) const override;
    [[nodiscard]] int remainingTime(int timerId) override;
    void wakeUp() override;
    void interrupt() override;

private:
    struct Descriptor {
        std::array<QSocketNotifier*, 3> notifiers {}; ///< by QSocketNotifier::Type
        std::uint32_t registered = 0; ///< epoll events that the kernel knows of
        std::uint32_t generation = 0; ///< grows whenever the last notifier goes
        bool dirty = false; ///< is in m_dirty
        bool renewed = false; ///< was without any notifier for a while: may be another file by now
    };

    void markDirty(int fd, Descriptor& descriptor);
    void applyChanges();
    void apply(int fd, Descriptor& descriptor);
    int waitForSockets(int timeout);
    void waitForWakeUp(int timeout) const;
    int dispatchSockets();

    int m_epoll = -1;
    int m_wake = -1; ///< eventfd
    std::atomic<bool> m_wakeUpPending = false;
    std::atomic<bool> m_sleeping = false; ///< somebody has to write to m_wake
    std::atomic<bool> m_interrupted = false;
    std::vector<Descriptor> m_descriptors; ///< by number
    std::vector<int> m_dirty;
    std::array<epoll_event, 256> m_events {};
    int m_eventCount = 0;
    int m_nextEvent = 0; ///< of m_events; a nested event loop starts over
    std::uint32_t m_turn = 0; ///< tells whether a nested event loop ran
    TimerQueue m_timers;
};

} // namespace sockeye
