// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/inspector/flat_tree_model.h"
#include "ui/inspector/json_outline.h"

namespace sockeye {

/// JSON as a tree of keys and values. An outermost object or array has no row of its own; its parts are the top level.
class JsonTreeModel : public FlatTreeModel {
    Q_OBJECT
public:
    enum Column : quint8 { KeyColumn, ValueColumn, ColumnCount };
    using FlatTreeModel::FlatTreeModel;

    void setOutline(JsonOutline outline);

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    JsonOutline m_outline;
};

} // namespace sockeye
