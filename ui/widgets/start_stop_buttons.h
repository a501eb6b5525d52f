// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

class QPushButton;

namespace sockeye {

/// The two buttons by which something starts and stops, of which one is seen. The focus goes along, so that the
/// keyboard starts and stops without searching.
class StartStopButtons final : public QWidget {
    Q_OBJECT
public:
    enum class Shown : quint8 { Start, Stop, Stopping }; ///< Stopping: the button stays and cannot be pressed

    StartStopButtons(const QString& start, const QString& stop, QWidget* parent = nullptr);
    void setToolTips(const QString& start, const QString& stop);

    void show(Shown which);
    void startFromField(); ///< somebody pressed Return beside it: starts if that can be done

Q_SIGNALS:
    void startWanted();
    void stopWanted();

private:
    QPushButton* m_start;
    QPushButton* m_stop;
    bool m_focusLent = false; ///< one of them had the focus before it was switched off
};

} // namespace sockeye
