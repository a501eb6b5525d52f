// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/failure.h"

#include <QWidget>

class QLabel;

namespace sockeye {

/// A line that stands on the client page after a connection could not be made: what happened, and a button that finds
/// out why. Hidden at first.
class DiagnoseOffer final : public QWidget {
    Q_OBJECT
public:
    explicit DiagnoseOffer(QWidget* parent = nullptr);

    /// Shows the line for a failure to connect; hides it for None and for what a diagnosis cannot explain.
    void showFor(const Failure& failure);

Q_SIGNALS:
    void diagnoseWanted();

private:
    QLabel* m_what;
};

} // namespace sockeye
