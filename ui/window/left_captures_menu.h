// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/formats/reader/left_captures.h"

#include <QMenu>

class QActionGroup;

namespace sockeye {

class Settings;

/// What is done about captures that a killed Sockeye left behind: show them, and how long and how many are kept.
class LeftCapturesMenu : public QMenu {
    Q_OBJECT
public:
    explicit LeftCapturesMenu(QWidget* parent = nullptr);

    void setRetention(const SpoolRetention& retention);
    [[nodiscard]] SpoolRetention retention() const;

Q_SIGNALS:
    void showRequested();
    void retentionChanged(); ///< by the user

private:
    QActionGroup* m_days = nullptr; ///< data: days
    QActionGroup* m_sizes = nullptr; ///< data: GiB
};

[[nodiscard]] SpoolRetention readRetention(const Settings& settings);
void writeRetention(Settings& settings, const SpoolRetention& retention);

} // namespace sockeye
