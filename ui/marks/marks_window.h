// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/marks/mark.h"
#include "app/reading/capture.h"

#include <QWidget>

#include <memory>

class QLabel;

namespace sockeye {

class DenseTable;
class MarksModel;

/// All marks of a capture, in a window beside it: from here one goes to the messages.
class MarksWindow final : public QWidget {
    Q_OBJECT
public:
    explicit MarksWindow(QWidget* parent);

    void setCapture(const std::shared_ptr<Capture>& capture, const QString& title); ///< null: of none

Q_SIGNALS:
    void chosen(const sockeye::StreamPlace& place); ///< the message that holds it is to be shown

private:
    void goTo(const QModelIndex& index);
    void removeSelected();
    void showCount();

    MarksModel* m_model;
    DenseTable* m_table;
    QLabel* m_count;
    StreamPlace m_current; ///< selected before a reset
};

} // namespace sockeye
