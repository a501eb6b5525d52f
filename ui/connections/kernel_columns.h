// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/connections/yielding_columns.h"

#include <QBasicTimer>
#include <QJsonArray>
#include <QObject>

class QMenu;

namespace sockeye {

class ConnectionsModel;
class DenseTable;
class KernelWatch;

/// The kernel's side in the table of connections: which columns are shown, chosen in the header's context menu, and
/// asking the kernel three times a second for the rows that are seen, however many others there are. Until the user
/// has chosen, the queues are left out where what a connection waits for would have no room beside them.
class KernelColumns final : public QObject {
    Q_OBJECT
public:
    KernelColumns(DenseTable& table, ConnectionsModel& model, QObject* parent);

    /// Off for an opened file, whose connections no kernel knows any more: then the columns are hidden.
    void setLive(bool live);

    [[nodiscard]] QMenu* menu() const { return m_menu; }
    [[nodiscard]] QJsonArray saveState() const; ///< the columns that are shown
    void restoreState(const QJsonArray& shown);

protected:
    void timerEvent(QTimerEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildMenu();
    void showColumns();
    [[nodiscard]] bool hasRoomForQueues() const;
    [[nodiscard]] bool isChosen() const; ///< by the user: other columns than at first
    void fitToFont();
    [[nodiscard]] int fittingWidth(int column) const;
    void look();

    DenseTable& m_table;
    ConnectionsModel& m_model;
    YieldingColumns m_others;
    KernelWatch* m_watch;
    QMenu* m_menu;
    QBasicTimer m_timer;
    bool m_live = true;
};

} // namespace sockeye
