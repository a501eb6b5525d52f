// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

#include <bit>

namespace sockeye {

/// How a list that only grows is laid out in blocks, so that nothing in it ever moves: the first block has
/// 2^`firstBits` elements, each further one twice as many as the one before. There are never many blocks, and an
/// element is found with two shifts.
template <int firstBits> struct DoublingBlocks {
    struct Slot {
        std::size_t block;
        std::size_t index; ///< in the block
        std::size_t size; ///< of the block
    };
    /// Where element `i`, which is not negative, lies.
    [[nodiscard]] static constexpr Slot slot(qsizetype i)
    {
        const std::size_t shifted = static_cast<std::size_t>(i) + (std::size_t { 1 } << firstBits);
        const std::size_t size = std::bit_floor(shifted);
        return { static_cast<std::size_t>(std::countr_zero(size) - firstBits), shifted - size, size };
    }
};

} // namespace sockeye
