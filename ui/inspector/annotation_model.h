// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/inspector/flat_tree_model.h"
#include "ui/models/inspected_message.h"

namespace sockeye {

/// The annotation of one message as a tree for a view. Shows what one looks for: braces, commas and colons have no
/// rows, nor has the object that is all of a header or the whole value of a member (its members stand in its place),
/// nor the root, when it has parts.
class AnnotationModel : public FlatTreeModel {
    Q_OBJECT
public:
    enum Column : quint8 { FieldColumn, ValueColumn, OffsetColumn, SizeColumn, ColumnCount };
    using FlatTreeModel::FlatTreeModel;

    void setMessage(const InspectedMessagePtr& message); ///< null: empty
    [[nodiscard]] const InspectedMessagePtr& message() const { return m_message; }
    /// The row of the field, or of the nearest field around it that has one.
    [[nodiscard]] QModelIndex nearestIndex(int field) const;
    /// A key with a plain value: its children only repeat what it says.
    [[nodiscard]] bool isPlainMember(int field) const;

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] const Field& field(int index) const;
    [[nodiscard]] bool isPassedThrough(int index) const;
    [[nodiscard]] int shownParent(int index) const;
    [[nodiscard]] QVariant chip(int index) const;

    InspectedMessagePtr m_message;
};

} // namespace sockeye
