// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QElapsedTimer>
#include <QFile>
#include <QTimer>

namespace sockeye {

/// Beats in the thread that made it every few milliseconds and remembers the longest time between two beats: how long
/// the thread was busy or waited. Time in which the thread was ready to run but another had the processor (as the
/// kernel counts it, on Linux) is not its fault and is taken off.
class Heartbeat {
public:
    Heartbeat()
    {
        m_schedule.setFileName(QStringLiteral("/proc/thread-self/schedstat"));
        m_schedule.open(QIODevice::ReadOnly | QIODevice::Unbuffered);
        m_timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_timer, &QTimer::timeout, [this] { beat(); });
        m_waited = waitedForProcessor();
        m_clock.start();
        m_timer.start(interval);
    }

    [[nodiscard]] qint64 longestGapMs() const { return m_longest / 1'000'000; }
    [[nodiscard]] int beats() const { return m_beats; }

private:
    static constexpr int interval = 5; // milliseconds

    void beat()
    {
        const qint64 waited = waitedForProcessor();
        const qint64 gap = m_clock.nsecsElapsed() - (waited - m_waited);
        m_longest = qMax(m_longest, gap);
        m_waited = waited;
        m_clock.start();
        ++m_beats;
    }

    /// Nanoseconds on the run queue so far: the second number of the file.
    qint64 waitedForProcessor()
    {
        m_schedule.seek(0);
        return m_schedule.read(100).split(' ').value(1).toLongLong();
    }

    QFile m_schedule;
    QTimer m_timer;
    QElapsedTimer m_clock;
    qint64 m_waited = 0;
    qint64 m_longest = 0;
    int m_beats = 0;
};

} // namespace sockeye
