// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/widgets/dense_table.h"

class QToolButton;

namespace sockeye {

class MessagesModel;

/// The messages table as a view: follows the newest row until the user scrolls up or selects another one, and offers
/// to follow again. Rows that come never move the ones on the screen.
///
/// A click on a column's title sorts by it, a second one the other way round, a third brings back the order of time.
class MessagesTable : public DenseTable {
    Q_OBJECT
public:
    explicit MessagesTable(MessagesModel* model, QWidget* parent = nullptr);

    [[nodiscard]] bool isFollowing() const { return m_following; }
    void follow(); ///< goes to the newest row and stays with it; sorts in what a sorted table lacks
    /// Messages that came since following ended.
    [[nodiscard]] qsizetype newRows() const;

    /// Selects the row and scrolls to it without ending the following.
    void selectRow(int row);
    void goToRow(int row); ///< selects it as the user does: following ends
    void sortBy(int column, Qt::SortOrder order);
    void clearSort();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void showRules();
    void keepPlace();
    void returnToPlace();
    void rowsArrived();
    void scrolled(int value);
    void selected(const QModelIndex& current);
    void stopFollowing();
    void updateFollowButton();
    void titleClicked(int column);

    MessagesModel* m_model;
    QToolButton* m_followButton;
    bool m_following = true;
    bool m_moving = false; ///< it is us who scroll or select
    qsizetype m_seenRows = 0; ///< rows there were when following ended
    qsizetype m_keptRow = -1; ///< capture row that was current before a reset
    bool m_keptFollowing = true;
};

} // namespace sockeye
