// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFrame>

class QLabel;

namespace sockeye {

struct Failure;

/// A line at the top of the window that says what went wrong with something that was asked for, until it is dismissed
/// or replaced. Takes no focus and blocks nothing.
class MessageLine : public QFrame {
    Q_OBJECT
public:
    explicit MessageLine(QWidget* parent = nullptr);

    void tell(const Failure& failure); ///< what happened, what it means, what to try
    void tell(const QString& text);
    [[nodiscard]] QString text() const;

private:
    void applyTheme();
    QLabel* m_sign = nullptr;
    QLabel* m_text = nullptr;
};

} // namespace sockeye
