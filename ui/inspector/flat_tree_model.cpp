// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/flat_tree_model.h"

namespace sockeye {

void FlatTreeModel::setParents(std::vector<int> parents)
{
    m_parents = std::move(parents);
    const std::size_t count = m_parents.size();
    // Counting sort by parent: linear, and each node's children lie side by side.
    m_start.assign(count + 2, 0);
    m_rows.assign(count, -1);
    for (const int parent : m_parents) {
        if (parent != noRow) {
            ++m_start[static_cast<std::size_t>(parent + 2)];
        }
    }
    for (std::size_t i = 1; i < m_start.size(); ++i) {
        m_start[i] += m_start[i - 1];
    }
    m_children.assign(static_cast<std::size_t>(m_start.back()), 0);
    std::vector<int> filled(count + 1, 0);
    for (std::size_t node = 0; node < count; ++node) {
        if (m_parents[node] == noRow) {
            continue;
        }
        const auto slot = static_cast<std::size_t>(m_parents[node] + 1);
        m_rows[node] = filled[slot]++;
        m_children[static_cast<std::size_t>(m_start[slot] + m_rows[node])] = static_cast<int>(node);
    }
}

int FlatTreeModel::nodeOf(const QModelIndex& index)
{
    return index.isValid() ? static_cast<int>(index.internalId()) : -1;
}

bool FlatTreeModel::hasRow(int node) const
{
    return node >= 0 && static_cast<std::size_t>(node) < m_rows.size() && m_rows[static_cast<std::size_t>(node)] >= 0;
}

QModelIndex FlatTreeModel::indexOf(int node, int column) const
{
    if (!hasRow(node)) {
        return {};
    }
    return createIndex(m_rows[static_cast<std::size_t>(node)], column, static_cast<quintptr>(node));
}

QModelIndex FlatTreeModel::index(int row, int column, const QModelIndex& parent) const
{
    if (column < 0 || column >= columnCount(parent) || row < 0 || row >= rowCount(parent)) {
        return {};
    }
    const auto slot = static_cast<std::size_t>(nodeOf(parent) + 1);
    const int node = m_children[static_cast<std::size_t>(m_start[slot] + row)];
    return createIndex(row, column, static_cast<quintptr>(node));
}

QModelIndex FlatTreeModel::parent(const QModelIndex& child) const
{
    const int node = nodeOf(child);
    return node < 0 ? QModelIndex() : indexOf(m_parents[static_cast<std::size_t>(node)]);
}

int FlatTreeModel::rowCount(const QModelIndex& parent) const
{
    if (parent.column() > 0 || m_start.empty()) {
        return 0;
    }
    const auto slot = static_cast<std::size_t>(nodeOf(parent) + 1);
    return m_start[slot + 1] - m_start[slot];
}

} // namespace sockeye
