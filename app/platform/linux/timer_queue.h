// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractEventDispatcher>
#include <QHash>
#include <QList>

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <tuple>

namespace sockeye {

/// The timers of one thread, by due time; those due at the same moment in the order in which they became due.
///
/// Precise and coarse timers are kept to the millisecond (Qt allows a coarse one to be 5 % off, we do not need it);
/// very coarse ones are moved to whole seconds, so that many of them wake the thread once.
class TimerQueue {
public:
    using Clock = std::chrono::steady_clock;

    void add(int id, qint64 interval, Qt::TimerType type, QObject* object); ///< `interval` in milliseconds
    [[nodiscard]] bool remove(int id); ///< false: there is none
    [[nodiscard]] bool removeAll(QObject* object); ///< false: it had none

    [[nodiscard]] QList<QAbstractEventDispatcher::TimerInfo> timersOf(QObject* object) const;
    /// Milliseconds until it is due, rounded up; 0 if it is overdue, -1 if there is none.
    [[nodiscard]] int remaining(int id) const;
    /// Milliseconds until the first one that may fire is due, rounded up; nothing if there is none.
    [[nodiscard]] std::optional<int> untilNext() const;

    /// Sends a timer event for each timer that is due now, each at most once. Handlers may add and remove timers, and
    /// run event loops of their own: a timer whose handler is still running does not fire again. Returns how many.
    int fireDue();

private:
    struct Timer {
        QObject* object = nullptr;
        qint64 interval = 0; ///< milliseconds, as asked for
        Qt::TimerType type = Qt::CoarseTimer;
        Clock::time_point due;
        std::uint64_t order = 0; ///< tells apart those that are due at the same moment
        bool firing = false;
    };
    struct Due {
        Clock::time_point time;
        std::uint64_t order = 0;
        int id = 0;
        friend bool operator<(const Due& a, const Due& b)
        {
            return std::tie(a.time, a.order, a.id) < std::tie(b.time, b.order, b.id);
        }
    };

    void schedule(int id, Timer& timer, Clock::time_point from);
    void unschedule(int id, const Timer& timer);
    [[nodiscard]] static Clock::duration period(const Timer& timer);

    QHash<int, Timer> m_timers;
    std::set<Due> m_due; ///< without those whose handler is running
    std::uint64_t m_nextOrder = 0;
};

} // namespace sockeye
