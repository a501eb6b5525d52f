// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/faults/fault_stage.h"

#include <algorithm>
#include <atomic>

namespace sockeye {

/// A line that all connections of a fault share: it carries one thing after the other. Any thread.
class SharedLine {
public:
    /// Takes it for so many bytes, from when it is free but not before `since`. When it has carried them.
    [[nodiscard]] FaultTime take(FaultTime since, qint64 bytes, qint64 bytesPerMs)
    {
        constexpr qint64 nanosecondsPerMs = 1'000'000;
        const qint64 from = std::chrono::nanoseconds(since).count();
        const qint64 lasts = bytes * nanosecondsPerMs / bytesPerMs;
        qint64 free = m_free.load(std::memory_order_relaxed);
        while (!m_free.compare_exchange_weak(free, std::max(free, from) + lasts, std::memory_order_relaxed)) { }
        return std::chrono::ceil<FaultTime>(std::chrono::nanoseconds(std::max(free, from) + lasts));
    }

private:
    std::atomic<qint64> m_free { 0 }; ///< nanoseconds; when it has carried all that it was taken for
};

} // namespace sockeye
