// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/pages/load/wrong_reply_capture.h"

#include <QWidget>

class QButtonGroup;
class QLabel;

namespace sockeye {

/// The line that tells of the first wrong reply of a load, and chooses what of it the inspector shows.
class WrongReplyBar final : public QWidget {
    Q_OBJECT
public:
    explicit WrongReplyBar(QWidget* parent = nullptr);

    void tell(const LoadReport& report); ///< the report has a wrong reply
    [[nodiscard]] WrongReplyCapture::Part part() const; ///< what is chosen

Q_SIGNALS:
    void partChosen();

private:
    void applyTheme();

    QLabel* m_text;
    QButtonGroup* m_parts;
};

} // namespace sockeye
