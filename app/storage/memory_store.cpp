// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/storage/memory_store.h"

#include <algorithm>
#include <cstring>
#include <new>

namespace sockeye {

MemoryStore::MemoryStore(qint64 bound)
    : m_bound(bound)
    , m_blocks(static_cast<std::size_t>((bound + blockSize - 1) / blockSize))
{
}

bool MemoryStore::append(const char* data, qint64 size)
{
    if (size > m_bound - m_size) {
        return false;
    }
    for (qint64 block = m_size / blockSize; block * blockSize < m_size + size; ++block) {
        auto& place = m_blocks[static_cast<std::size_t>(block)];
        if (!place) {
            place.reset(new (std::nothrow) char[blockSize]);
            if (!place) {
                return false;
            }
        }
    }
    while (size > 0) {
        const qint64 at = m_size % blockSize;
        const qint64 part = std::min(size, blockSize - at);
        std::memcpy(
            m_blocks[static_cast<std::size_t>(m_size / blockSize)].get() + at, data, static_cast<std::size_t>(part));
        m_size += part;
        data += part;
        size -= part;
    }
    return true;
}

void MemoryStore::read(qint64 position, char* to, qint64 size) const
{
    while (size > 0) {
        const qint64 at = position % blockSize;
        const qint64 part = std::min(size, blockSize - at);
        std::memcpy(
            to, m_blocks[static_cast<std::size_t>(position / blockSize)].get() + at, static_cast<std::size_t>(part));
        position += part;
        to += part;
        size -= part;
    }
}

} // namespace sockeye
