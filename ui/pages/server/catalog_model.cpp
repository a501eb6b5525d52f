// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/server/catalog_model.h"

#include "ui/theme/theme.h"

namespace sockeye {

CatalogModel::CatalogModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

void CatalogModel::setCatalog(const Catalog& catalog)
{
    beginResetModel();
    m_entries = catalog.entries();
    renewLastRows();
    endResetModel();
    Q_EMIT catalogChanged();
}

Catalog CatalogModel::catalog() const
{
    QList<Catalog::Entry> entries = m_entries;
    entries.removeIf([](const Catalog::Entry& entry) { return entry.first.isEmpty() && entry.second.isEmpty(); });
    return Catalog(entries);
}

void CatalogModel::renewLastRows()
{
    m_lastRowOf.clear();
    for (int row = 0; row < m_entries.size(); ++row) {
        m_lastRowOf.insert(m_entries.at(row).first, row);
    }
}

bool CatalogModel::isShadowed(int row) const
{
    return m_lastRowOf.value(m_entries.at(row).first, row) != row;
}

int CatalogModel::addEntry()
{
    const int row = rowCount();
    beginInsertRows({}, row, row);
    m_entries.append(Catalog::Entry());
    renewLastRows();
    endInsertRows();
    return row;
}

bool CatalogModel::removeRows(int row, int count, const QModelIndex& parent)
{
    if (parent.isValid() || row < 0 || count < 1 || row > rowCount() - count) {
        return false;
    }
    beginRemoveRows(parent, row, row + count - 1);
    m_entries.remove(row, count);
    renewLastRows();
    endRemoveRows();
    Q_EMIT catalogChanged();
    return true;
}

int CatalogModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int CatalogModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : 2;
}

QVariant CatalogModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Catalog::Entry& entry = m_entries.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return index.column() == Query ? entry.first : entry.second;
    case Qt::ToolTipRole:
        return isShadowed(index.row()) ? tr("The same query stands further down: that answer is the one that counts.")
                                       : QString();
    case Qt::ForegroundRole:
        return isShadowed(index.row()) ? QVariant(Theme::instance().muted()) : QVariant();
    default:
        return {};
    }
}

bool CatalogModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::EditRole || !checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return false;
    }
    Catalog::Entry& entry = m_entries[index.row()];
    QString& text = index.column() == Query ? entry.first : entry.second;
    if (text == value.toString()) {
        return true;
    }
    text = value.toString();
    renewLastRows();
    // Another row may be the one that counts now.
    Q_EMIT dataChanged(this->index(0, Query), this->index(rowCount() - 1, Answer));
    Q_EMIT catalogChanged();
    return true;
}

Qt::ItemFlags CatalogModel::flags(const QModelIndex& index) const
{
    return QAbstractTableModel::flags(index) | (index.isValid() ? Qt::ItemIsEditable : Qt::NoItemFlags);
}

QVariant CatalogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section > Answer) {
        return {};
    }
    return section == Query ? tr("Query") : tr("Answer");
}

} // namespace sockeye
