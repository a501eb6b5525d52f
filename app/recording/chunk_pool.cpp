// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/recording/chunk_pool.h"

namespace sockeye {

namespace {
constexpr std::size_t kept = 8; // 4 MiB at most lie idle
} // namespace

ChunkPool& ChunkPool::instance()
{
    static ChunkPool pool;
    return pool;
}

std::unique_ptr<CaptureChunk> ChunkPool::take(qsizetype payload)
{
    if (CaptureChunk::sizeOf(payload) > CaptureChunk::standardCapacity) {
        return std::make_unique<CaptureChunk>(CaptureChunk::sizeOf(payload));
    }
    {
        const std::lock_guard lock(m_mutex);
        if (!m_free.empty()) {
            // The one given back last: its memory is most likely still in a cache.
            auto chunk = std::move(m_free.back());
            m_free.pop_back();
            return chunk;
        }
    }
    return std::make_unique<CaptureChunk>();
}

void ChunkPool::giveBack(std::unique_ptr<CaptureChunk> chunk)
{
    if (!chunk->isStandard()) {
        return;
    }
    chunk->clear();
    const std::lock_guard lock(m_mutex);
    if (m_free.size() < kept) {
        m_free.push_back(std::move(chunk));
    }
}

} // namespace sockeye
