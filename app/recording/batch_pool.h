// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/recording/writer_batch.h"

#include <memory>
#include <mutex>
#include <vector>

namespace sockeye {

/// Batches that have been read and wait to be filled again: their memory is mapped and warm. Any thread.
class BatchPool {
public:
    static BatchPool& instance();

    /// An empty batch with room for one event of `payload` bytes at least.
    [[nodiscard]] std::unique_ptr<WriterBatch> take(qsizetype payload);
    void giveBack(std::unique_ptr<WriterBatch> batch);

private:
    std::mutex m_mutex;
    std::vector<std::unique_ptr<WriterBatch>> m_free;
};

} // namespace sockeye
