// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/models/message_ref.h"

#include <QJsonObject>
#include <QList>
#include <QWidget>

class QMenu;
class QToolButton;

namespace sockeye {

class ConnectionsModel;
class DenseTable;
class ElidedLabel;
class FollowEnd;
class KernelColumns;
class RoomyLabel;
class TargetColumn;
struct TargetSource;

/// The connections of a capture: a table, and under it what the selected one waits for and what to try.
class ConnectionsPanel : public QWidget {
    Q_OBJECT
public:
    explicit ConnectionsPanel(QWidget* parent = nullptr);

    /// `live`: false for an opened file. Null: empty.
    void setCapture(std::shared_ptr<Capture> capture, bool live = true);
    /// Another reading of what was shown: the current connection stays.
    void showReading(const std::shared_ptr<Capture>& capture, bool live = true);
    /// Whether it shows the newest connections until one looks at others; by default it does what is recorded here.
    void setFollowing(bool follows);
    void setEmptyText(const QString& text);
    /// What is offered to be done to connections, by the signals below. Nothing at first.
    enum class Offer : quint8 {
        Nothing,
        CloseAndReset,
        All, ///< also to send to them, to half-close and to stall
    };
    void setActionsOffered(Offer offer);
    /// The connections are a relay's: shows their other side, too. What it calls must live as long as this.
    void showTargets(const TargetSource& targets);

    /// The message that the selected connection is in the middle of receiving (row -1, the bytes so far); an empty
    /// reference where there is none.
    [[nodiscard]] MessageRef unfinishedMessage() const;

    [[nodiscard]] QList<quint32> selectedConnections() const; ///< in the order of the table
    void copySelection(); ///< the selected rows, as text
    [[nodiscard]] ConnectionsModel* model() const { return m_model; }
    [[nodiscard]] DenseTable* table() const { return m_table; }

    /// Column widths and sorting.
    [[nodiscard]] QJsonObject saveState() const;
    void restoreState(const QJsonObject& state);

Q_SIGNALS:
    void selectionChanged(); ///< of the table
    void sendRequested(); ///< something is to be sent to the selected ones
    void currentConnectionChanged(quint32 connection); ///< the one whose line is the current; 0: none
    void connectionActivated(quint32 connection); ///< Enter or a double click: show its messages
    /// The selected connection is in the middle of a message, see unfinishedMessage().
    void unfinishedMessageSelected();
    void closeRequested(quint32 connection);
    void halfCloseRequested(quint32 connection);
    void resetRequested(quint32 connection);
    void stallRequested(quint32 connection, bool stalled); ///< true: stop reading from it

private:
    void buildLayout();
    void buildActions();
    void connectParts();
    void updateCounts();
    void updateWhy();
    void updateActions();
    void titleClicked(int column);
    void sortBy(int column, Qt::SortOrder order);
    void keepSelection();
    void returnSelection();
    QAction* addConnectionAction(const QString& text, const QString& toolTip, const std::function<void(quint32)>& act);

    ConnectionsModel* m_model;
    DenseTable* m_table;
    FollowEnd* m_followEnd = nullptr;
    KernelColumns* m_kernel;
    TargetColumn* m_targets;
    ElidedLabel* m_counts;
    RoomyLabel* m_why;
    QToolButton* m_clear;
    QAction* m_show = nullptr;
    QAction* m_goOn = nullptr;
    QAction* m_stall = nullptr;
    QAction* m_close = nullptr;
    QList<QAction*> m_serverActions; ///< those that only Offer::All has
    QList<QAction*> m_streamActions; ///< those of them that only a TCP connection knows
    QList<QAction*> m_connectionActions; ///< those that need an open connection and somebody who carries them out
    QList<quint32> m_keptSelection;
    int m_sortColumn = -1;
    bool m_follows = true;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    Offer m_offer = Offer::Nothing;
};

} // namespace sockeye
