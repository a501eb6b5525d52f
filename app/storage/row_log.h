// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/storage/doubling_blocks.h"

#include <QtGlobal>

#include <algorithm>
#include <array>
#include <atomic>
#include <memory>
#include <new>
#include <span>
#include <type_traits>

namespace sockeye {

/// An append-only sequence with one writer and any number of readers that take no lock. Elements never move, and a
/// reader sees exactly those that were published.
///
/// Blocks double in size, so that the table of them is small and fixed.
template <typename T> class RowLog {
    static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

public:
    RowLog() = default;
    ~RowLog()
    {
        for (auto& block : m_blocks) {
            ::operator delete(block.load(std::memory_order_relaxed));
        }
    }
    RowLog(const RowLog&) = delete;
    RowLog& operator=(const RowLog&) = delete;

    /// Writer only. Seen by nobody else before publish().
    void append(const T& value)
    {
        const auto [block, index, size] = Blocks::slot(m_written);
        T* elements = m_blocks[block].load(std::memory_order_relaxed);
        if (!elements) {
            // Raw memory: pages that no row has reached yet cost nothing.
            elements = static_cast<T*>(::operator new(sizeof(T) * size));
            m_blocks[block].store(elements, std::memory_order_relaxed);
        }
        std::construct_at(elements + index, value);
        ++m_written;
    }
    /// Writer only: shows what was appended to the readers.
    void publish() { m_published.store(m_written, std::memory_order_release); }

    [[nodiscard]] qsizetype count() const { return m_published.load(std::memory_order_acquire); }
    /// A default value for an index that is out of range.
    [[nodiscard]] T at(qsizetype i) const
    {
        if (i < 0 || i >= count()) {
            return {};
        }
        const auto where = Blocks::slot(i);
        return m_blocks[where.block].load(std::memory_order_relaxed)[where.index];
    }
    /// Published elements from `i` on that lie next to each other; empty for an index that is out of range.
    [[nodiscard]] std::span<const T> run(qsizetype i) const
    {
        const qsizetype end = count();
        if (i < 0 || i >= end) {
            return {};
        }
        const auto where = Blocks::slot(i);
        return { m_blocks[where.block].load(std::memory_order_relaxed) + where.index,
            std::min(where.size - where.index, static_cast<std::size_t>(end - i)) };
    }

private:
    using Blocks = DoublingBlocks<10>;

    std::array<std::atomic<T*>, 40> m_blocks {};
    std::atomic<qsizetype> m_published { 0 };
    qsizetype m_written = 0;
};

} // namespace sockeye
