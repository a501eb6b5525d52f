// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/recording/writer_lane.h"

#include <optional>
#include <vector>

namespace sockeye {

/// Puts the events of several writers, each in order of time already, into the order of time. The capture thread's own.
class BatchMerger {
public:
    /// A stretch of one batch: its events from `begin` on whose time is not after `until` are the next ones.
    struct Run {
        const WriterBatch* batch = nullptr;
        qsizetype begin = 0;
        qint64 until = 0;
    };

    /// The batch must hold an event.
    void add(const std::shared_ptr<WriterLane>& lane, std::unique_ptr<WriterBatch> batch);
    [[nodiscard]] bool isEmpty() const { return m_lanes.empty(); }

    /// The next stretch of events not after `bound`. Valid until the next call of a member that is not const.
    [[nodiscard]] std::optional<Run> next(qint64 bound);
    /// The stretch that next() gave was taken up to `position`. Gives back the batch if that was its end.
    std::unique_ptr<WriterBatch> advance(qsizetype position);

private:
    [[nodiscard]] static qint64 timeOf(const WriterLane& lane);

    std::vector<std::shared_ptr<WriterLane>> m_lanes; ///< those with batches
    std::size_t m_current = 0;
};

} // namespace sockeye
