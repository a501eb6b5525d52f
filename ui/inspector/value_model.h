// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/values/value_readings.h"

#include <QAbstractTableModel>

namespace sockeye {

/// The readings of the selected bytes, one a row.
class ValueModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column : quint8 { NameColumn, LittleColumn, BigColumn, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;

    void setReadings(std::vector<ValueReading> readings, qint64 selected);
    [[nodiscard]] const ValueReading& reading(int row) const { return m_readings[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    std::vector<ValueReading> m_readings;
    qint64 m_selected = 0;
};

} // namespace sockeye
