// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

class QTableView;

namespace sockeye {

/// Has a table show the rows that come at its end, until one scrolls up or selects another row; and again once one is
/// at the end.
class FollowEnd final : public QObject {
    Q_OBJECT
public:
    explicit FollowEnd(QTableView* view); ///< which owns it, and has its model

    void setOn(bool on); ///< off: what is new is not at the end, or comes only once
    [[nodiscard]] bool isFollowing() const { return m_isOn && m_isFollowing; }

private:
    void arrived();

    QTableView* m_view;
    bool m_isOn = true;
    bool m_isFollowing = true;
    bool m_isMoving = false; ///< not by the user
};

} // namespace sockeye
