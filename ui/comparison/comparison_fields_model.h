// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/comparison/comparison.h"

#include <QAbstractTableModel>

namespace sockeye {

/// The fields of two messages beside each other, one a row: whether they differ, as a sign, the path, and both values.
class ComparisonFieldsModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Sign, Path, Left, Right };
    static constexpr int columns = 4;

    using QAbstractTableModel::QAbstractTableModel;

    void setComparison(ComparisonPtr comparison); ///< null: empty
    void setOnlyDifferences(bool only);
    [[nodiscard]] const FieldPair& pair(int row) const;
    [[nodiscard]] static QString signOf(const FieldPair& pair); ///< empty: they are the same

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    void choose();

    ComparisonPtr m_comparison;
    std::vector<std::size_t> m_rows; ///< pairs that are shown
    bool m_only = false;
};

} // namespace sockeye
