// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QElapsedTimer>
#include <QTimer>

#include <memory>
#include <vector>

class QFile;

namespace sockeye {

/// Beats in the thread that made it every few milliseconds and remembers the times between two beats: how long that
/// thread was busy, or waited for another thread of the program.
///
/// Not its fault, and taken off, is the time in which a thread of this program was ready to run but had no processor,
/// as the kernel counts it for each (Linux): on a crowded machine a test would measure its neighbours otherwise.
/// Threads started after the heartbeat are not counted.
class Heartbeat {
public:
    Heartbeat();
    ~Heartbeat();
    Heartbeat(const Heartbeat&) = delete;
    Heartbeat& operator=(const Heartbeat&) = delete;

    [[nodiscard]] qint64 longestGapMs() const;
    /// How much later than it was due, in milliseconds, a beat came at most, in that share of all cases.
    [[nodiscard]] double lagMs(double share) const;
    [[nodiscard]] qsizetype beats() const { return static_cast<qsizetype>(m_gaps.size()); }

private:
    struct Thread {
        std::unique_ptr<QFile> schedule;
        qint64 waited = 0; ///< nanoseconds on the run queue, at the last beat
    };
    void beat();
    qint64 longestWait();

    std::vector<Thread> m_threads;
    QTimer m_timer;
    QElapsedTimer m_clock;
    std::vector<qint64> m_gaps; ///< nanoseconds
};

} // namespace sockeye
