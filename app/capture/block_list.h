// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

#include <bit>
#include <memory>
#include <vector>

namespace sockeye {

/// An append-only list that never copies what it holds (a stream may have millions of segments, and there may be a
/// hundred thousand streams with two): blocks double in size, beginning with four elements.
template <typename T> class BlockList {
public:
    void append(const T& value)
    {
        const Place at = place(m_size);
        if (at.block == m_blocks.size()) {
            m_blocks.push_back(std::make_unique_for_overwrite<T[]>(at.size));
        }
        m_blocks[at.block][at.index] = value;
        ++m_size;
    }
    [[nodiscard]] qsizetype size() const { return m_size; }
    /// `i` is in range.
    [[nodiscard]] const T& at(qsizetype i) const
    {
        const Place where = place(i);
        return m_blocks[where.block][where.index];
    }

private:
    static constexpr std::size_t first = 4;
    static constexpr int firstBits = 2;
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

    std::vector<std::unique_ptr<T[]>> m_blocks;
    qsizetype m_size = 0;
};

} // namespace sockeye
