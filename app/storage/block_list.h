// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/storage/doubling_blocks.h"

#include <QtGlobal>

#include <memory>
#include <vector>

namespace sockeye {

/// An append-only list that never copies what it holds (a stream may have millions of chunks, and there may be a
/// hundred thousand streams with two): blocks double in size, beginning with four elements.
template <typename T> class BlockList {
public:
    void append(const T& value)
    {
        const auto at = Blocks::slot(m_size);
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
        const auto where = Blocks::slot(i);
        return m_blocks[where.block][where.index];
    }

private:
    using Blocks = DoublingBlocks<2>;

    std::vector<std::unique_ptr<T[]>> m_blocks;
    qsizetype m_size = 0;
};

} // namespace sockeye
