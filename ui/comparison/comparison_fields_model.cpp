// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/comparison/comparison_fields_model.h"

#include "ui/theme/theme.h"

namespace sockeye {

namespace {

QColor rowTint(const FieldPair& pair)
{
    const FieldKind kind = pair.left < 0 ? FieldKind::String : pair.right < 0 ? FieldKind::Bad : FieldKind::Number;
    return Theme::instance().fieldTint(kind);
}

} // namespace

void ComparisonFieldsModel::setComparison(ComparisonPtr comparison)
{
    beginResetModel();
    m_comparison = std::move(comparison);
    choose();
    endResetModel();
}

void ComparisonFieldsModel::setOnlyDifferences(bool only)
{
    beginResetModel();
    m_only = only;
    choose();
    endResetModel();
}

void ComparisonFieldsModel::choose()
{
    m_rows.clear();
    for (std::size_t i = 0; m_comparison && i < m_comparison->fields.size(); ++i) {
        if (!m_only || !m_comparison->fields[i].isSame) {
            m_rows.push_back(i);
        }
    }
}

const FieldPair& ComparisonFieldsModel::pair(int row) const
{
    return m_comparison->fields[m_rows[static_cast<std::size_t>(row)]];
}

QString ComparisonFieldsModel::signOf(const FieldPair& pair)
{
    if (pair.isSame) {
        return {};
    }
    return pair.left < 0 ? QStringLiteral("+") : pair.right < 0 ? QStringLiteral("−") : QStringLiteral("≠");
}

int ComparisonFieldsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ComparisonFieldsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant ComparisonFieldsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const FieldPair& shown = pair(index.row());
    if (role == Qt::BackgroundRole && !shown.isSame) {
        return rowTint(shown);
    }
    if (role == Qt::AccessibleTextRole && index.column() == Sign) {
        return shown.isSame   ? tr("same")
            : shown.left < 0  ? tr("only on the right")
            : shown.right < 0 ? tr("only on the left")
                              : tr("differs");
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) {
        return {};
    }
    switch (index.column()) {
    case Sign:
        return signOf(shown);
    case Path:
        return shown.path;
    case Left:
        return shown.left < 0 ? QString() : m_comparison->left.value(shown.left);
    case Right:
        return shown.right < 0 ? QString() : m_comparison->right.value(shown.right);
    default:
        return {};
    }
}

QVariant ComparisonFieldsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole) {
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    }
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Path:
        return tr("Field");
    case Left:
        return tr("Left");
    case Right:
        return tr("Right");
    default:
        return QString();
    }
}

} // namespace sockeye
