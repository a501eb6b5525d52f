// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QSocketNotifier>

namespace sockeye::cli {

/// Turns SIGINT and SIGTERM into a Qt signal, by a pipe that the handler writes to. A second one kills at once, as it
/// would any program. SIGPIPE is ignored: who writes gets the error.
class StopSignals : public QObject {
    Q_OBJECT
public:
    StopSignals();
    ~StopSignals() override;

    /// The same from inside the program; from any thread, also before there is an object: the next one says so then.
    static void ask();

Q_SIGNALS:
    void stopRequested();

private:
    void take();

    QSocketNotifier m_notifier;
};

} // namespace sockeye::cli
