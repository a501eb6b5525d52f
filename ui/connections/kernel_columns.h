// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QBasicTimer>
#include <QJsonArray>
#include <QObject>

class QMenu;

namespace sockeye {

class ConnectionsModel;
class DenseTable;
class KernelWatch;

/// The kernel's side in the table of connections: which columns are shown, chosen in the header's context menu, and
/// asking the kernel three times a second for the rows that are seen, however many others there are.
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

private:
    void buildMenu();
    void showColumns();
    void fitToFont();
    void look();

    DenseTable& m_table;
    ConnectionsModel& m_model;
    KernelWatch* m_watch;
    QMenu* m_menu;
    QBasicTimer m_timer;
    bool m_live = true;
};

} // namespace sockeye
