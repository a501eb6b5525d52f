// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/latency/idle_gaps.h"
#include "app/load/latency_histogram.h"

#include <QtGlobal>

#include <vector>

namespace sockeye {

/// What is to be drawn. Times are nanoseconds since the epoch.
struct LatencyRequest {
    quint32 connection = 0; ///< 0: of all
    qint64 begin = 0;
    qint64 end = 0; ///< no later than `begin`: everything is to be seen
    int columns = 1; ///< as many as the plot has pixels; at least 1
    double idleFactor = usualIdleFactor; ///< silences so many times as long as usual are gaps; more than 1
};

/// A reply, or an error, as a place in the plot.
struct LatencyPoint {
    qint64 time = 0;
    qint64 latency = 0; ///< nanoseconds; 0 of an error
    qsizetype row = -1; ///< of the capture
};

/// The replies that fall into one column of pixels.
struct LatencyColumn {
    LatencyPoint shortest;
    LatencyPoint longest;
    qint64 count = 0; ///< at least 1
};

/// Latencies over time, as fine as there are pixels, however many replies there are.
struct LatencyPicture {
    quint32 connection = 0;
    qint64 first = 0; ///< when the first row of what was chosen happened
    qint64 last = 0; ///< before `first`: there is none
    qint64 begin = 0; ///< what is seen
    qint64 end = 0;
    std::vector<LatencyColumn> columns; ///< in order; only those that have replies
    std::vector<LatencyPoint> errors; ///< the first one of each column that has any
    qint64 errorCount = 0;
    LatencyHistogram latencies; ///< of the replies that are seen
    IdleGaps idle; ///< those that touch what is seen
    qsizetype rows = 0; ///< of the capture, when it was made
};

} // namespace sockeye
