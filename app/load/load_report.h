// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/load/load_plan.h"
#include "app/load/load_timeline.h"
#include "app/net/address.h"
#include "app/tls/tls_facts.h"

#include <QMetaType>

namespace sockeye {

/// What a load has measured so far, or at its end. Pure: slices in, figures out.
struct LoadReport {
    // What was asked for.
    LoadPlan plan;
    SocketAddress peer; ///< really connected to: the server, or the proxy
    int threads = 1;
    qint64 startedAt = 0; ///< nanoseconds since the epoch

    // What was measured.
    LatencyHistogram latencies; ///< of right replies
    LoadErrors errors {};
    LoadHandshakes handshakes; ///< TLS: of connections that stay, those before the measurement, too
    std::optional<TlsFacts> tls; ///< TLS: what the first handshake came to
    LoadDatagrams datagrams; ///< UDP
    CoarseHistogram slips; ///< open loop: how late requests were sent although a connection was free
    LoadTimeline timeline;
    std::optional<WrongReply> firstWrong;
    qint64 bytesOut = 0;
    qint64 bytesIn = 0;
    qint64 nanoseconds = 0; ///< measured, so far
    qint64 processorTime = 0; ///< of the generator's threads together
    qint64 runDelay = 0; ///< that they had to wait for a core, together
    double busiest = 0; ///< share of a core that the busiest of them used; at the end
    qint64 notSent = 0; ///< open loop: due, and never sent, because no connection was free
    qint64 outstanding = 0; ///< asked, and neither answered nor lost when the run ended
    int threadsEnded = 0;

    Failure failure; ///< why there was no run
    bool stopped = false; ///< by somebody, before its end

    void add(const LoadSlice& slice);
    void add(const LoadEnd& end);

    [[nodiscard]] qint64 requests() const { return static_cast<qint64>(latencies.count()); } ///< answered right
    [[nodiscard]] qint64 errorCount() const { return totalOf(errors); }
    [[nodiscard]] double seconds() const { return static_cast<double>(nanoseconds) / 1e9; }
    [[nodiscard]] double requestsPerSecond() const;
    [[nodiscard]] double processorTimePerRequest() const; ///< nanoseconds of the generator
    [[nodiscard]] double coresUsed() const; ///< by the generator, on average
    [[nodiscard]] QString serverName() const; ///< "127.0.0.1 port 65432"
};

/// The percentiles that reports show, as shares: 50 to 99.99.
inline constexpr std::array<double, 6> loadPercentiles { 0.5, 0.9, 0.95, 0.99, 0.999, 0.9999 };

/// What limited a run, as far as the generator can tell of itself.
enum class LoadLimit : quint8 {
    None, ///< nothing on this side
    Nothing, ///< there was no reply
    Resources, ///< this machine had no free port, or this program no descriptor, for a connection
    Generator, ///< its threads were busy nearly all of the time
    Machine, ///< its threads were ready, but had to wait for a core
    Schedule, ///< open loop: it sent late although connections were free
    Connections, ///< open loop: requests were due while no connection was free
};
[[nodiscard]] LoadLimit limitOf(const LoadReport& report);
[[nodiscard]] QLatin1StringView loadLimitName(LoadLimit limit); ///< "none", "generator", … for scripts
/// What the limit means for the figures, in a sentence or two; what it found in order, too.
[[nodiscard]] QString verdictText(const LoadReport& report);
/// What TLS handshakes or lost datagrams came to, in a sentence or two; empty over plain TCP.
[[nodiscard]] QString transportText(const LoadReport& report);
/// What the generator itself cost, in a sentence.
[[nodiscard]] QString costText(const LoadReport& report);

} // namespace sockeye

Q_DECLARE_METATYPE(sockeye::LoadReport)
