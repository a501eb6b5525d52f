// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/value_model.h"

#include "ui/theme/theme.h"

#include <QFont>

namespace sockeye {

void ValueModel::setReadings(std::vector<ValueReading> readings, qint64 selected)
{
    m_selected = selected;
    if (readings.size() == m_readings.size()) {
        // The usual case, walking over the bytes: the view keeps its place and its selection.
        m_readings = std::move(readings);
        if (!m_readings.empty()) {
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        }
        return;
    }
    beginResetModel();
    m_readings = std::move(readings);
    endResetModel();
}

int ValueModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_readings.size());
}

int ValueModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ValueModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const ValueReading& shown = reading(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        if (index.column() == NameColumn) {
            return role == Qt::ToolTipRole && !shown.hint.isEmpty() ? shown.hint : shown.name;
        }
        return index.column() == LittleColumn ? shown.little : shown.big;
    case Qt::ForegroundRole:
        return index.column() == NameColumn || !shown.available ? QVariant(Theme::instance().muted()) : QVariant();
    case Qt::FontRole:
        // What reads exactly the selected bytes is most likely what was looked for.
        if (index.column() != NameColumn && shown.available) {
            QFont font = Theme::instance().monospace();
            font.setBold(shown.width > 1 && shown.width == m_selected);
            return font;
        }
        return {};
    default:
        return {};
    }
}

QVariant ValueModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case NameColumn:
        return tr("Read as");
    case LittleColumn:
        return tr("Little-endian");
    case BigColumn:
        return tr("Big-endian");
    default:
        return {};
    }
}

} // namespace sockeye
