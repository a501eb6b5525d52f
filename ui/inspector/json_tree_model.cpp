// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/json_tree_model.h"

#include "ui/theme/theme.h"

namespace sockeye {

void JsonTreeModel::setOutline(JsonOutline outline)
{
    beginResetModel();
    m_outline = std::move(outline);
    const auto& nodes = m_outline.nodes;
    std::vector<int> parents(nodes.size(), topLevel);
    const bool hidesRoot = !nodes.empty() && nodes.front().childCount > 0;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        parents[i] = hidesRoot && nodes[i].parent == 0 ? topLevel : nodes[i].parent;
    }
    if (hidesRoot) {
        parents[0] = noRow;
    }
    setParents(std::move(parents));
    endResetModel();
}

int JsonTreeModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

QVariant JsonTreeModel::data(const QModelIndex& index, int role) const
{
    const int node = nodeOf(index);
    if (node < 0) {
        return {};
    }
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == KeyColumn ? m_outline.label(node) : m_outline.value(node);
    case Qt::ToolTipRole:
        return m_outline.value(node);
    case Qt::ForegroundRole: {
        const bool isContainer = m_outline.nodes[static_cast<std::size_t>(node)].size == 0;
        return isContainer && index.column() == ValueColumn ? QVariant(Theme::instance().muted()) : QVariant();
    }
    default:
        return {};
    }
}

QVariant JsonTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    return section == KeyColumn ? tr("Key") : tr("Value");
}

} // namespace sockeye
