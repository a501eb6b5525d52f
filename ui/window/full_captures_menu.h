// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/reading/capture.h"

#include <QMenu>

namespace sockeye {

class Settings;

/// What is done when more comes than a capture can write in time: connections wait, or bytes are left out.
class FullCapturesMenu : public QMenu {
    Q_OBJECT
public:
    explicit FullCapturesMenu(QWidget* parent = nullptr);

    void setChoice(OverloadPolicy choice);
    [[nodiscard]] OverloadPolicy choice() const;

Q_SIGNALS:
    void choiceChanged(); ///< by the user

private:
    QAction* m_wait = nullptr;
    QAction* m_leaveOut = nullptr;
};

[[nodiscard]] OverloadPolicy readOverloadPolicy(const Settings& settings);
void writeOverloadPolicy(Settings& settings, OverloadPolicy choice);

} // namespace sockeye
