// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/services/catalog.h"

#include <QAbstractTableModel>

namespace sockeye {

/// The catalogue of `search` as a table edited in place: query, answer. Rows left entirely empty do not count.
class CatalogModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Query, Answer };

    explicit CatalogModel(QObject* parent = nullptr);

    void setCatalog(const Catalog& catalog);
    [[nodiscard]] Catalog catalog() const;
    /// Whether a lower row with the same query makes this one idle.
    [[nodiscard]] bool isShadowed(int row) const;

    int addEntry(); ///< an empty row at the end; returns it
    bool removeRows(int row, int count, const QModelIndex& parent = {}) override;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void catalogChanged();

private:
    QList<Catalog::Entry> m_entries;
    QHash<QString, int> m_lastRowOf; ///< query → its last row, the one that counts
    void renewLastRows();
};

} // namespace sockeye
