// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/recording/writer_batch.h"

#include <atomic>
#include <deque>
#include <limits>
#include <memory>

namespace sockeye {

/// What one writer has handed over to its capture and is not indexed yet, and how far back goes what it still gathers.
class WriterLane {
public:
    static constexpr qint64 nothing = std::numeric_limits<qint64>::max();

    /// For the writer, before it makes the first event of a batch. Whoever does not see this yet has read the clock
    /// before that event does.
    void begin()
    {
        m_oldest.store(0);
        m_oldest.store(captureNow());
    }
    /// For whoever takes the batch.
    void end() { m_oldest.store(nothing); }
    /// No event of the writer that is still to be handed over is older than this (nanoseconds since the epoch); read
    /// the clock first.
    [[nodiscard]] qint64 oldest() const { return m_oldest.load(); }

private:
    friend class BatchMerger;
    std::atomic<qint64> m_oldest { nothing };
    std::deque<std::unique_ptr<WriterBatch>> m_batches; ///< the capture thread's own
    qsizetype m_position = 0; ///< of the next event in the first batch
};

} // namespace sockeye
