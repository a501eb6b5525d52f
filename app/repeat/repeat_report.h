// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/client.h"
#include "app/load/latency_histogram.h"

#include <QString>

namespace sockeye {

/// What a repetition came to, exchange by exchange: how many, how even, how quick. Times are nanoseconds.
class RepeatReport {
public:
    /// The next one of the repetition, in order. Those that were given up count neither as replies nor as failures.
    void add(const Exchange& exchange);

    [[nodiscard]] qint64 sent() const { return m_sent; } ///< requests that went out as a whole
    [[nodiscard]] qint64 replies() const { return m_replies; }
    [[nodiscard]] qint64 failures() const { return m_failures; }
    [[nodiscard]] const Failure& lastFailure() const { return m_lastFailure; } ///< None: all went well
    /// From one request to the next, as they were handed to the system.
    [[nodiscard]] const LatencyHistogram& intervals() const { return m_intervals; }
    /// From a request that went out to its whole reply.
    [[nodiscard]] const LatencyHistogram& latencies() const { return m_latencies; }

private:
    qint64 m_sent = 0;
    qint64 m_replies = 0;
    qint64 m_failures = 0;
    qint64 m_lastSentAt = -1; ///< since the epoch
    Failure m_lastFailure;
    LatencyHistogram m_intervals;
    LatencyHistogram m_latencies;
};

/// How many, and what failed last, in a sentence or two: "Sent 100 times: 99 answered, 1 failed. …".
[[nodiscard]] QString describeCounts(const RepeatReport& report);
/// How even and how quick they were; empty where there is nothing to measure yet.
[[nodiscard]] QString describeSpreads(const RepeatReport& report);
/// All of it.
[[nodiscard]] QString describe(const RepeatReport& report);

} // namespace sockeye
