// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/recording/batch_pool.h"

namespace sockeye {

namespace {
constexpr std::size_t kept = 8; // 4 MiB at most lie idle
} // namespace

BatchPool& BatchPool::instance()
{
    static BatchPool pool;
    return pool;
}

std::unique_ptr<WriterBatch> BatchPool::take(qsizetype payload)
{
    if (WriterBatch::sizeOf(payload) > WriterBatch::standardCapacity) {
        return std::make_unique<WriterBatch>(WriterBatch::sizeOf(payload));
    }
    {
        const std::lock_guard lock(m_mutex);
        if (!m_free.empty()) {
            // The one given back last: its memory is most likely still in a cache.
            auto batch = std::move(m_free.back());
            m_free.pop_back();
            return batch;
        }
    }
    return std::make_unique<WriterBatch>();
}

void BatchPool::giveBack(std::unique_ptr<WriterBatch> batch)
{
    if (!batch->isStandard()) {
        return;
    }
    batch->clear();
    const std::lock_guard lock(m_mutex);
    if (m_free.size() < kept) {
        m_free.push_back(std::move(batch));
    }
}

} // namespace sockeye
