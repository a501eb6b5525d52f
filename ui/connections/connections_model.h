// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/reading/capture.h"
#include "app/system/kernel_watch.h"
#include "ui/connections/connection_entry.h"

#include <QAbstractTableModel>
#include <QElapsedTimer>
#include <QHash>
#include <QSet>

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace sockeye {

/// Whoever knows the other side of a relay's conversations. Both are called in the GUI thread, many times a second.
struct TargetSource {
    std::function<std::optional<TargetLeg>(quint32 connection)> of;
    std::function<quint64()> revision; ///< another one whenever any of them has changed
};

/// The connections of a capture as a table. What changed is taken from the capture on the shared ticker; what changes
/// with time alone (rate, age, waiting) and the order of a sorted table are renewed twice a second.
class ConnectionsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit ConnectionsModel(QObject* parent = nullptr);

    /// `live`: false for an opened file, where nothing ages and nobody waits. Null: an empty table.
    void setCapture(std::shared_ptr<Capture> capture, bool live = true);
    [[nodiscard]] const std::shared_ptr<Capture>& capture() const { return m_capture; }

    /// Marks connections that were told not to be read from.
    void setNotReading(quint32 connection, bool notReading);
    /// Marks a connection that was told to send our end of stream and go on.
    void setHalfClosed(quint32 connection);
    /// How long our server waits for a silent peer, and after its last word; 0: for ever.
    void setPatience(std::chrono::nanoseconds idle, std::chrono::nanoseconds linger);
    /// What the kernel said of some connections.
    void setKernelFacts(const QList<KernelSample>& samples);
    void setNoneRead(bool none); ///< the service never reads
    /// The connections are a relay's: shows their other side, too. What it calls must live as long as this.
    void setTargets(const TargetSource& targets);
    [[nodiscard]] bool isNotReading(quint32 connection) const;

    /// Closed ones leave the table, for good. Ends in a reset of the model.
    void clearClosed();
    [[nodiscard]] int openCount() const { return m_open; }
    [[nodiscard]] quint32 latest() const { return m_latest; } ///< the connection that began last; 0: there is none

    [[nodiscard]] const ConnectionEntry& entry(int row) const; ///< `row` must be one of the table
    [[nodiscard]] int rowOf(quint32 connection) const; ///< -1 where the table does not show it
    [[nodiscard]] Waiting waiting(int row) const;

    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override; ///< -1: as they came

    /// Takes what is new in the capture; the ticker calls it.
    void takeNew();
    /// What changes with time alone; takeNew() calls it twice a second.
    void passTime();

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void countsChanged(); ///< rows or openCount()

private:
    void update(const ConnectionRecord& record, std::vector<int>& changedRows);
    void insert(std::vector<ConnectionRecord> records);
    void emitChanged(std::vector<int> rows);
    void lookAtTargets();
    void mergeNew(std::size_t known); ///< rows from there on are new, by their numbers, as the ones before are
    void renewOrder();
    void setOrder(std::vector<int> order);
    [[nodiscard]] WaitingContext context() const;

    std::shared_ptr<Capture> m_capture;
    bool m_live = true;
    bool m_noneRead = false;
    std::chrono::nanoseconds m_idleLimit { 0 };
    std::chrono::nanoseconds m_linger { 0 };
    quint64 m_revision = 0;
    TargetSource m_targets;
    quint64 m_targetsRevision = 0;
    int m_open = 0;
    quint32 m_latest = 0;
    std::vector<ConnectionEntry> m_entries; ///< as they came
    QHash<quint32, int> m_entryOf; ///< connection → index in m_entries
    std::vector<int> m_order; ///< table row → index in m_entries
    std::vector<int> m_rowOf; ///< index in m_entries → table row
    QSet<quint32> m_cleared;
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    QElapsedTimer m_sincePass;
};

} // namespace sockeye
