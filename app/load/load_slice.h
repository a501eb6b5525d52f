// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/load/latency_histogram.h"
#include "app/load/load_error.h"
#include "app/load/wrong_reply.h"

#include <QMetaType>

#include <memory>
#include <optional>

namespace sockeye {

/// UDP: what became of datagrams beside right replies.
struct LoadDatagrams {
    qint64 lost = 0; ///< requests without a reply within the time-out
    qint64 late = 0; ///< right replies to those, which came after it
    qint64 duplicate = 0; ///< right replies to what had its reply already
    qint64 foreign = 0; ///< what nothing that was outstanding asked for

    void add(const LoadDatagrams& other)
    {
        lost += other.lost;
        late += other.late;
        duplicate += other.duplicate;
        foreign += other.foreign;
    }
};

/// TLS: handshakes that succeeded.
struct LoadHandshakes {
    qint64 resumed = 0; ///< of them: went on with an earlier session
    CoarseHistogram times; ///< from the connection to the handshake's end

    void add(qint64 time, bool isResumed)
    {
        times.add(time);
        resumed += isResumed ? 1 : 0;
    }
    void add(const LoadHandshakes& other)
    {
        resumed += other.resumed;
        times.merge(other.times);
    }
    [[nodiscard]] qint64 count() const { return static_cast<qint64>(times.count()); }
};

/// What one generator thread measured from one boundary of time to the next.
struct LoadSlice {
    static constexpr qint64 length = 100'000'000; ///< nanoseconds

    qint64 index = 0; ///< the slice begins at index × length after the start of the measurement
    LatencyHistogram latencies; ///< of the replies that came in it
    LoadErrors errors {};
    qint64 bytesOut = 0;
    qint64 bytesIn = 0;
    qint64 processorTime = 0; ///< of the thread, nanoseconds
    std::unique_ptr<CoarseHistogram> slips; ///< open loop: how late the generator itself was
    std::unique_ptr<LoadHandshakes> handshakes; ///< null: none
    LoadDatagrams datagrams;
    std::optional<WrongReply> firstWrong; ///< of this thread, in the slice in which it came
};

/// What a generator thread says when it has ended.
struct LoadEnd {
    qint64 nanoseconds = 0; ///< from the start of the measurement to the end of asking
    qint64 processorTime = 0; ///< of the thread in that time
    qint64 runDelay = 0; ///< how long the thread was ready and had no core; 0 where the system does not tell
    qint64 notSent = 0; ///< open loop: due, and never sent, because no connection was free
    qint64 outstanding = 0; ///< asked, and neither answered nor lost when it ended
};

} // namespace sockeye

Q_DECLARE_METATYPE(sockeye::LoadEnd)
