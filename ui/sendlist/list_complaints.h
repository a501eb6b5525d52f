// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QListWidget>

namespace sockeye {

class SendListModel;

/// All that is wrong with the messages of a send list, a line each, from which a click leads to its message. Not to be
/// seen while nothing is.
class ListComplaints final : public QListWidget {
    Q_OBJECT
public:
    explicit ListComplaints(QWidget* parent = nullptr);

    void show(const SendListModel& model); ///< what is wrong now

Q_SIGNALS:
    void rowChosen(int row);

private:
    QList<int> m_rows; ///< of each line
    QStringList m_shown;
};

} // namespace sockeye
