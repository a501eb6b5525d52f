// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

class QWidget;

namespace sockeye {

/// For benchmarks: waits until a window has been painted for the first time and can take input, prints the milliseconds
/// since the process was started to standard error ("first paint: 212 ms") and ends the program.
class FirstPaint : public QObject {
    Q_OBJECT
public:
    explicit FirstPaint(QWidget* window);

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool m_seen = false;
};

} // namespace sockeye
