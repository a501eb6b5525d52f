// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

#include <array>
#include <atomic>
#include <bit>
#include <memory>
#include <new>
#include <type_traits>

namespace sockeye {

/// An append-only sequence with one writer and any number of readers that take no lock. Elements never move, and a
/// reader sees exactly those that were published.
///
/// Blocks double in size, so that the table of blocks is small and fixed and an index is found with two shifts.
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
        const auto [block, index, size] = place(m_written);
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
        const Place where = place(i);
        return m_blocks[where.block].load(std::memory_order_relaxed)[where.index];
    }

private:
    static constexpr std::size_t first = 1024;
    static constexpr int firstBits = 10;
    struct Place {
        std::size_t block;
        std::size_t index; ///< in the block
        std::size_t size; ///< of the block
    };
    static Place place(qsizetype i)
    {
        const std::size_t shifted = static_cast<std::size_t>(i) + first;
        const std::size_t size = std::bit_floor(shifted);
        return { static_cast<std::size_t>(std::countr_zero(size) - firstBits), shifted - size, size };
    }

    std::array<std::atomic<T*>, 40> m_blocks {};
    std::atomic<qsizetype> m_published { 0 };
    qsizetype m_written = 0;
};

} // namespace sockeye
