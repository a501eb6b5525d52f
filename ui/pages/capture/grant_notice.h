// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/failure.h"

#include <QFrame>

class QLabel;
class QLineEdit;

namespace sockeye {

/// Says that the right to capture is missing, and the one command that grants it, ready to be copied.
class GrantNotice : public QFrame {
    Q_OBJECT
public:
    explicit GrantNotice(QWidget* parent = nullptr);

    /// `tool` is the program that needs the right.
    void tell(const Failure& failure, const QString& tool);

Q_SIGNALS:
    void copied();

private:
    void applyTheme();

    QLabel* m_text;
    QLabel* m_after;
    QLineEdit* m_command;
};

} // namespace sockeye
