// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "fuzz_target.h"
#include "protocol/kaitai/base/tree.h"

namespace sockeye {

/// What holds for the tree of any message of `size` bytes: its items lie in each other and in the message.
inline void checkTree(const kaitai::Tree& tree, qsizetype size)
{
    require(!tree.items.empty(), "a tree without a root");
    require(tree.items.front().end == static_cast<int>(tree.items.size()), "the root does not hold everything");
    require(tree.size >= 0 && tree.size <= size, "a message that is longer than its bytes");
    for (std::size_t i = 0; i < tree.items.size(); ++i) {
        const kaitai::TreeItem& item = tree.items[i];
        const auto place = static_cast<int>(i);
        require(item.end > place && item.end <= static_cast<int>(tree.items.size()), "an item ends before it begins");
        require(item.parent < place && (item.parent >= 0 || place == 0), "a parent that comes later");
        require(place == 0 || item.end <= tree.items[static_cast<std::size_t>(item.parent)].end,
            "an item beyond its parent");
        require(item.offset < 0 || (item.size >= 0 && item.offset + item.size <= size), "an item beyond the message");
    }
}

} // namespace sockeye
