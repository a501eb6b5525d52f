// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

#include <algorithm>
#include <atomic>

namespace sockeye {

/// What whoever asked for an export and the thread that makes it tell each other. Any thread.
class ExportControl {
public:
    void cancel() { m_cancelled.store(true, std::memory_order_relaxed); }
    [[nodiscard]] bool isCancelled() const { return m_cancelled.load(std::memory_order_relaxed); }

    /// 0 to 1.
    [[nodiscard]] double progress() const
    {
        const qint64 total = m_total.load(std::memory_order_relaxed);
        return total <= 0
            ? 0
            : std::min(1.0, static_cast<double>(m_done.load(std::memory_order_relaxed)) / static_cast<double>(total));
    }

    // For the thread that works; in units of its own.
    void setTotal(qint64 total) { m_total.store(total, std::memory_order_relaxed); }
    void add(qint64 done) { m_done.fetch_add(done, std::memory_order_relaxed); }

private:
    std::atomic<bool> m_cancelled { false };
    std::atomic<qint64> m_total { 0 };
    std::atomic<qint64> m_done { 0 };
};

} // namespace sockeye
