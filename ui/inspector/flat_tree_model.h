// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractItemModel>

#include <vector>

namespace sockeye {

/// A model over a tree that lies flat in memory and does not change: nodes are numbered, each knows its parent. What a
/// node shows is for the derived class.
class FlatTreeModel : public QAbstractItemModel {
    Q_OBJECT
public:
    static constexpr int topLevel = -1; ///< as a parent: no other node is
    static constexpr int noRow = -2; ///< as a parent: the node has no row
    using QAbstractItemModel::QAbstractItemModel;

    [[nodiscard]] QModelIndex indexOf(int node, int column = 0) const; ///< invalid for nodes without a row
    [[nodiscard]] static int nodeOf(const QModelIndex& index); ///< -1 for an invalid one
    [[nodiscard]] bool hasRow(int node) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;

protected:
    /// parents[n] is the parent of node n; children keep the order of their numbers. Call it inside
    /// beginResetModel() and endResetModel().
    void setParents(std::vector<int> parents);

private:
    std::vector<int> m_parents;
    std::vector<int> m_children; // of all nodes, one after the other; first those of the top level
    std::vector<int> m_start; // where those of node n begin: at n + 1, the top level at 0
    std::vector<int> m_rows;
};

} // namespace sockeye
