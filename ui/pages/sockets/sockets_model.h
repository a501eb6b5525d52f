// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/system/socket_query.h"

#include <QAbstractTableModel>

#include <vector>

namespace sockeye {

/// Sockets as a table, in the order in which they are given. A socket that is there again keeps its selection,
/// wherever it stands then.
class SocketsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    /// What there is now. However much changes, views are told of three changes at most.
    void setRows(const std::vector<SocketRow>& rows);
    [[nodiscard]] const SocketRow& row(int row) const { return m_rows[static_cast<std::size_t>(row)]; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void rearrange(std::vector<SocketRow> rows, const std::vector<int>& newRowOf);

    std::vector<SocketRow> m_rows;
};

} // namespace sockeye
