// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/linux/timer_queue.h"

#include <QCoreApplication>
#include <QTimerEvent>

#include <algorithm>
#include <limits>

namespace sockeye {

using namespace std::chrono;

namespace {

int millisecondsUntil(TimerQueue::Clock::time_point due)
{
    const auto left = ceil<milliseconds>(due - TimerQueue::Clock::now()).count();
    return static_cast<int>(std::clamp<milliseconds::rep>(left, 0, std::numeric_limits<int>::max()));
}

} // namespace

TimerQueue::Clock::duration TimerQueue::period(const Timer& timer)
{
    const milliseconds asked(timer.interval);
    return timer.type == Qt::VeryCoarseTimer ? Clock::duration(round<seconds>(asked)) : Clock::duration(asked);
}

void TimerQueue::schedule(int id, Timer& timer, Clock::time_point from)
{
    timer.due = from + period(timer);
    if (timer.type == Qt::VeryCoarseTimer) {
        timer.due = round<seconds>(timer.due);
    }
    timer.order = m_nextOrder++;
    m_due.insert({ timer.due, timer.order, id });
}

void TimerQueue::unschedule(int id, const Timer& timer)
{
    m_due.erase({ timer.due, timer.order, id });
}

void TimerQueue::add(int id, qint64 interval, Qt::TimerType type, QObject* object)
{
    // A period that no clock can hold is as good as a century.
    constexpr qint64 century = 100LL * 366 * 24 * 3600 * 1000;
    Timer timer;
    timer.object = object;
    timer.interval = std::clamp<qint64>(interval, 0, century);
    timer.type = type;
    schedule(id, timer, Clock::now());
    m_timers.insert(id, timer);
}

bool TimerQueue::remove(int id)
{
    const auto it = m_timers.constFind(id);
    if (it == m_timers.cend()) {
        return false;
    }
    unschedule(id, *it);
    m_timers.erase(it);
    return true;
}

bool TimerQueue::removeAll(QObject* object)
{
    bool any = false;
    for (auto it = m_timers.begin(); it != m_timers.end();) {
        if (it->object != object) {
            ++it;
            continue;
        }
        unschedule(it.key(), *it);
        it = m_timers.erase(it);
        any = true;
    }
    return any;
}

QList<QAbstractEventDispatcher::TimerInfo> TimerQueue::timersOf(QObject* object) const
{
    QList<QAbstractEventDispatcher::TimerInfo> list;
    for (auto it = m_timers.cbegin(); it != m_timers.cend(); ++it) {
        if (it->object == object) {
            const auto interval = std::min<qint64>(it->interval, std::numeric_limits<int>::max());
            list.append({ it.key(), static_cast<int>(interval), it->type });
        }
    }
    return list;
}

int TimerQueue::remaining(int id) const
{
    const auto it = m_timers.constFind(id);
    return it == m_timers.cend() ? -1 : millisecondsUntil(it->due);
}

std::optional<int> TimerQueue::untilNext() const
{
    if (m_due.empty()) {
        return std::nullopt;
    }
    return millisecondsUntil(m_due.begin()->time);
}

int TimerQueue::fireDue()
{
    if (m_due.empty()) {
        return 0;
    }
    const Clock::time_point now = Clock::now();
    // What is scheduled from here on waits for the next round, so that a timer of 0 ms cannot keep us here.
    const std::uint64_t newcomers = m_nextOrder;
    int fired = 0;
    while (!m_due.empty()) {
        const Due first = *m_due.begin();
        if (first.time > now || first.order >= newcomers) {
            break;
        }
        const int id = first.id;
        m_due.erase(m_due.begin());
        Timer& timer = m_timers[id];
        timer.firing = true;
        QObject* const object = timer.object;
        QTimerEvent event(id);
        QCoreApplication::sendEvent(object, &event);
        ++fired;

        // The handler may have removed the timer, and even have started another one under the same number.
        const auto it = m_timers.find(id);
        if (it != m_timers.end() && it->firing) {
            it->firing = false;
            // Keep the beat, but do not make up for beats that were missed.
            const Clock::time_point beat = it->due;
            schedule(id, *it, beat + period(*it) < now ? Clock::now() : beat);
        }
    }
    return fired;
}

} // namespace sockeye
