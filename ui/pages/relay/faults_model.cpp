// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/relay/faults_model.h"

#include "ui/pages/relay/fault_text.h"
#include "ui/text/display_text.h"
#include "ui/theme/theme.h"

#include <algorithm>
#include <numeric>

namespace sockeye {

namespace {
constexpr qsizetype longestFaultName = 64;
} // namespace

void FaultsModel::setFaults(const FaultList& faults)
{
    beginResetModel();
    m_faults.clear();
    for (FaultSettings fault : faults.first(std::min<qsizetype>(faults.size(), most))) {
        nameIt(fault);
        m_faults.append(fault);
    }
    m_strikes = QList<qint64>(m_faults.size(), 0);
    endResetModel();
}

bool FaultsModel::isTaken(const QString& name, int but) const
{
    for (int row = 0; row < m_faults.size(); ++row) {
        if (row != but && m_faults.at(row).name == name) {
            return true;
        }
    }
    return false;
}

/// Its own name, or one made from its kind.
void FaultsModel::nameIt(FaultSettings& fault) const
{
    const QString wanted = fault.name.isEmpty() ? fault.kind : fault.name;
    fault.name = wanted;
    for (int i = 2; isTaken(fault.name); ++i) {
        fault.name = wanted + u'_' + QString::number(i);
    }
}

int FaultsModel::add(const FaultSettings& fault)
{
    const int row = rowCount();
    if (row >= most) {
        return -1;
    }
    FaultSettings named = fault;
    nameIt(named);
    beginInsertRows({}, row, row);
    m_faults.append(named);
    m_strikes.append(0);
    endInsertRows();
    Q_EMIT edited();
    return row;
}

bool FaultsModel::move(int row, int by)
{
    const int to = row + by;
    if (row < 0 || row >= rowCount() || to < 0 || to >= rowCount() || by == 0) {
        return false;
    }
    beginMoveRows({}, row, row, {}, by > 0 ? to + 1 : to);
    m_faults.move(row, to);
    m_strikes.move(row, to);
    endMoveRows();
    Q_EMIT edited();
    return true;
}

void FaultsModel::set(int row, const FaultSettings& fault)
{
    if (row < 0 || row >= rowCount()) {
        return;
    }
    FaultSettings changed = fault;
    changed.name = m_faults.at(row).name;
    changed.enabled = m_faults.at(row).enabled;
    if (changed != m_faults.at(row)) {
        m_faults[row] = changed;
        Q_EMIT dataChanged(index(row, 0), index(row, columns - 1));
        Q_EMIT edited();
    }
}

bool FaultsModel::removeRows(int row, int count, const QModelIndex& parent)
{
    if (parent.isValid() || row < 0 || count < 1 || row > rowCount() - count) {
        return false;
    }
    beginRemoveRows(parent, row, row + count - 1);
    m_faults.remove(row, count);
    m_strikes.remove(row, count);
    endRemoveRows();
    Q_EMIT edited();
    return true;
}

void FaultsModel::takeStrikes(const std::function<qint64(const QString& name)>& strikes)
{
    for (int row = 0; row < rowCount(); ++row) {
        const qint64 now = strikes(m_faults.at(row).name);
        if (now != m_strikes.at(row)) {
            m_strikes[row] = now;
            Q_EMIT dataChanged(index(row, Strikes), index(row, Strikes));
        }
    }
}

qint64 FaultsModel::allStrikes() const
{
    return std::accumulate(m_strikes.begin(), m_strikes.end(), qint64(0));
}

int FaultsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_faults.size());
}

int FaultsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant FaultsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const FaultSettings& fault = m_faults.at(index.row());
    switch (role) {
    case Qt::EditRole:
        return index.column() == Name ? fault.name : QVariant();
    case Qt::DisplayRole:
        return index.column() == Name ? fault.name
            : index.column() == What  ? faultText(fault)
                                      : groupedNumber(m_strikes.at(index.row()));
    case Qt::CheckStateRole:
        return index.column() == Name ? QVariant(fault.enabled ? Qt::Checked : Qt::Unchecked) : QVariant();
    case Qt::ToolTipRole: {
        const FaultKind* const kind = findFaultKind(fault.kind);
        return QString(faultText(fault) + (kind != nullptr ? u'\n' + kind->sentence() : QString()));
    }
    case Qt::TextAlignmentRole:
        return int((index.column() == Strikes ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::ForegroundRole:
        return fault.enabled ? QVariant() : QVariant(Theme::instance().muted());
    default:
        return {};
    }
}

bool FaultsModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || index.column() != Name) {
        return false;
    }
    FaultSettings& fault = m_faults[index.row()];
    if (role == Qt::CheckStateRole) {
        fault.enabled = value.toInt() == Qt::Checked;
    } else if (role == Qt::EditRole) {
        const QString name = value.toString().trimmed().left(longestFaultName);
        if (name.isEmpty() || isTaken(name, index.row())) {
            Q_EMIT refused(name.isEmpty() ? tr("A fault has a name: its strikes are counted by it.")
                                          : tr("Another fault is called %1 already.").arg(name));
            return false;
        }
        fault.name = name;
    } else {
        return false;
    }
    Q_EMIT dataChanged(this->index(index.row(), 0), this->index(index.row(), columns - 1));
    Q_EMIT edited();
    return true;
}

Qt::ItemFlags FaultsModel::flags(const QModelIndex& index) const
{
    const Qt::ItemFlags own = index.isValid() && index.column() == Name
        ? Qt::ItemFlags(Qt::ItemIsEditable | Qt::ItemIsUserCheckable)
        : Qt::ItemFlags();
    return QAbstractTableModel::flags(index) | own;
}

QVariant FaultsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columns) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return int((section == Strikes ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role == Qt::ToolTipRole) {
        return section == Name ? tr("Each feeds the next, from above")
            : section == What  ? QString()
                               : tr("How often it has struck since it was added");
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    return section == Name ? tr("Fault") : section == What ? tr("What happens") : tr("Strikes");
}

} // namespace sockeye
