// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/filter/row.h"
#include "protocol/kaitai/base/tree.h"

namespace sockeye::filter {

/// A message as its description reads it, with the types of its values: bytes can be sliced, and the value of an enum
/// is its name as well as its number.
class TreeFields final : public Fields {
public:
    explicit TreeFields(kaitai::Tree tree)
        : m_tree(std::move(tree))
    {
    }

    bool find(const Path& path, Storage& storage, ValueSink& sink) const override;
    [[nodiscard]] qint64 searchBytes() const override
    {
        return static_cast<qint64>(m_tree.items.size() * sizeof(kaitai::TreeItem));
    }

private:
    class Search;
    kaitai::Tree m_tree;
};

} // namespace sockeye::filter
