// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

#include <cmath>

namespace sockeye {

/// When the requests of an open loop are due in one of several threads that take turns: an even rate, whatever the
/// server does. Times are nanoseconds of the steady clock.
class Pace {
public:
    Pace() = default;
    /// `rate`: requests a second of all `threads` together.
    Pace(qint64 start, double rate, int threads, int thread)
        : m_start(start)
        , m_period(1e9 / rate)
        , m_threads(threads)
        , m_thread(thread)
    {
    }

    /// When this thread's request with that index was meant to be sent.
    [[nodiscard]] qint64 intended(qint64 index) const
    {
        const double turn = static_cast<double>(index) * m_threads + m_thread;
        return m_start + static_cast<qint64>(turn * m_period);
    }
    /// How many requests of this thread are due before `time`.
    [[nodiscard]] qint64 dueBefore(qint64 time) const
    {
        if (time <= m_start) {
            return 0;
        }
        auto count = static_cast<qint64>(static_cast<double>(time - m_start) / (m_period * m_threads));
        while (intended(count) < time) {
            ++count;
        }
        while (count > 0 && intended(count - 1) >= time) {
            --count;
        }
        return count;
    }

private:
    qint64 m_start = 0;
    double m_period = 1e9; ///< of all threads together
    int m_threads = 1;
    int m_thread = 0;
};

} // namespace sockeye
