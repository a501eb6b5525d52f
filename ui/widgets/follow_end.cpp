// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/follow_end.h"

#include <QScopedValueRollback>
#include <QScrollBar>
#include <QTableView>

namespace sockeye {

FollowEnd::FollowEnd(QTableView* view)
    : QObject(view)
    , m_view(view)
{
    connect(view->verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (!m_isMoving) {
            m_isFollowing = value >= m_view->verticalScrollBar()->maximum();
        }
    });
    // Not the current row: a view that gets the focus makes its first one that.
    connect(view->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        const QItemSelectionModel& selection = *m_view->selectionModel();
        if (selection.hasSelection() && selection.currentIndex().row() < m_view->model()->rowCount() - 1) {
            m_isFollowing = false;
        }
    });
    connect(view->model(), &QAbstractItemModel::rowsInserted, this, &FollowEnd::arrived);
    connect(view->verticalScrollBar(), &QScrollBar::rangeChanged, this, &FollowEnd::arrived); // it learns of them later
    connect(view->model(), &QAbstractItemModel::modelReset, this, [this] { m_isFollowing = true; });
}

void FollowEnd::setOn(bool on)
{
    m_isOn = on;
    arrived();
}

void FollowEnd::arrived()
{
    if (isFollowing()) {
        const QScopedValueRollback<bool> moving(m_isMoving, true);
        m_view->verticalScrollBar()->setValue(m_view->verticalScrollBar()->maximum());
    }
}

} // namespace sockeye
