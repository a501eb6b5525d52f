// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/faults/fault_kinds.h"

#include <QAbstractTableModel>

#include <functional>

namespace sockeye {

/// The faults of a relay as somebody edits them, in their order, each with a name of its own, and how often each has
/// struck.
class FaultsModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, What, Strikes }; // Name has the switch, too
    static constexpr int columns = 3;
    static constexpr int most = 100; ///< more in a list is no list that somebody made

    using QAbstractTableModel::QAbstractTableModel;

    void setFaults(const FaultList& faults);
    [[nodiscard]] const FaultList& faults() const { return m_faults; }

    int add(const FaultSettings& fault); ///< at the end; its row, or -1 where there are enough
    bool move(int row, int by); ///< false where it cannot go any further
    void set(int row, const FaultSettings& fault); ///< its numbers; name and switch stay
    /// Asks how often each has struck.
    void takeStrikes(const std::function<qint64(const QString& name)>& strikes);
    [[nodiscard]] qint64 allStrikes() const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    bool removeRows(int row, int count, const QModelIndex& parent = {}) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void edited();
    void refused(const QString& why); ///< a name that cannot be, in a sentence

private:
    [[nodiscard]] bool isTaken(const QString& name, int but = -1) const;
    void nameIt(FaultSettings& fault) const;

    FaultList m_faults;
    QList<qint64> m_strikes; ///< one for each
};

} // namespace sockeye
