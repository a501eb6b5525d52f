// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/hold/held_message.h"
#include "protocol/base/protocol.h"

#include <QAbstractTableModel>

#include <vector>

namespace sockeye {

/// The messages that a relay holds, in the order in which they came.
class HeldModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Connection, Way, Size, Summary, Left };
    static constexpr int columns = 5;

    using QAbstractTableModel::QAbstractTableModel;

    /// What summaries are made by, from now on.
    void setProtocol(const ProtocolPtr& protocol) { m_protocol = protocol; }
    /// What is held by now. Rows that stay keep their place, and what is selected of them.
    void take(const std::vector<HeldMessage>& messages);
    void setTime(std::chrono::microseconds now); ///< by the clock of FaultTimer

    [[nodiscard]] const HeldMessage& message(int row) const { return m_rows[static_cast<std::size_t>(row)].message; }
    [[nodiscard]] int rowOf(quint64 id) const; ///< -1: it has gone

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    [[nodiscard]] static QString wayText(Direction direction);

private:
    struct Row {
        HeldMessage message;
        QString summary;
    };
    [[nodiscard]] QString text(const Row& row, int column) const;
    [[nodiscard]] QString leftText(const HeldMessage& message) const;

    ProtocolPtr m_protocol;
    std::vector<Row> m_rows; ///< by id
    std::chrono::microseconds m_now { 0 };
    std::chrono::seconds m_shownAt { -1 };
};

} // namespace sockeye
