// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/recording/capture_chunk.h"

#include <memory>
#include <mutex>
#include <vector>

namespace sockeye {

/// Chunks that have been read and wait to be filled again: their memory is mapped and warm. Any thread.
class ChunkPool {
public:
    static ChunkPool& instance();

    /// An empty chunk with room for one event of `payload` bytes at least.
    [[nodiscard]] std::unique_ptr<CaptureChunk> take(qsizetype payload);
    void giveBack(std::unique_ptr<CaptureChunk> chunk);

private:
    std::mutex m_mutex;
    std::vector<std::unique_ptr<CaptureChunk>> m_free;
};

} // namespace sockeye
