// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/window/heartbeat.h"

#include <QDir>
#include <QFile>

#include <algorithm>

namespace sockeye {

namespace {

constexpr int interval = 5; // milliseconds

} // namespace

Heartbeat::Heartbeat()
{
    const QDir tasks(QStringLiteral("/proc/self/task"));
    for (const QString& task : tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        auto file = std::make_unique<QFile>(tasks.filePath(task + u"/schedstat"));
        if (file->open(QIODevice::ReadOnly | QIODevice::Unbuffered)) {
            m_threads.push_back({ std::move(file), 0 });
        }
    }
    longestWait();
    m_timer.setTimerType(Qt::PreciseTimer);
    QObject::connect(&m_timer, &QTimer::timeout, [this] { beat(); });
    m_clock.start();
    m_timer.start(interval);
}

Heartbeat::~Heartbeat() = default;

void Heartbeat::beat()
{
    m_gaps.push_back(m_clock.nsecsElapsed() - longestWait());
    m_clock.start();
}

qint64 Heartbeat::longestGapMs() const
{
    return m_gaps.empty() ? 0 : *std::max_element(m_gaps.begin(), m_gaps.end()) / 1'000'000;
}

double Heartbeat::lagMs(double share) const
{
    if (m_gaps.empty()) {
        return 0;
    }
    std::vector<qint64> gaps = m_gaps;
    const auto at = gaps.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(gaps.size() - 1));
    std::nth_element(gaps.begin(), at, gaps.end());
    return qMax(0.0, static_cast<double>(*at) / 1e6 - interval);
}

/// Of any thread since the last call.
qint64 Heartbeat::longestWait()
{
    qint64 longest = 0;
    for (Thread& thread : m_threads) {
        thread.schedule->seek(0);
        // Time on the processor, time waiting for it, number of slices.
        const qint64 waited = thread.schedule->read(100).split(' ').value(1).toLongLong();
        longest = qMax(longest, waited - thread.waited);
        thread.waited = waited;
    }
    return longest;
}

} // namespace sockeye
