// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/composer/fields_draft.h"

#include <QAbstractTableModel>

namespace sockeye {

/// The fields of a message that is being written, a row each: name and value.
class FieldsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column : quint8 { Name, Value, ColumnCount };
    enum Role : int { DepthRole = Qt::UserRole, ChoicesRole, IsComputedRole };

    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] const FieldsDraft& draft() const { return m_draft; }
    void setDraft(FieldsDraft draft);
    bool take(const QByteArray& message); ///< FieldsDraft::take()
    void compute(const QModelIndex& index); ///< the value again

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

Q_SIGNALS:
    void edited();

private:
    template <typename Change> void change(Change&& apply);
    [[nodiscard]] QVariant value(const FieldsDraft::Row& row, int role) const;

    FieldsDraft m_draft;
    int m_rows = 0; ///< that views know of
};

} // namespace sockeye
