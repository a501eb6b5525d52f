// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

#include <memory>

namespace sockeye {

/// Turns the signals that ask a program to end (SIGINT, SIGTERM) into one of Qt's. A second one kills at once, as it
/// would any program, if nobody calls hearAgain(). SIGPIPE is ignored: who writes gets the error. One at a time in a
/// program.
class StopSignals final : public QObject {
    Q_OBJECT
public:
    StopSignals();
    ~StopSignals() override;

    /// The next signal is told of as well, in place of killing: who needs two of them to end calls this for the first.
    void hearAgain();

    /// The same from inside the program; from any thread, also before there is an object: the next one says so then.
    static void ask();

Q_SIGNALS:
    void stopRequested();

private:
    class Lookout;
    std::unique_ptr<Lookout> m_lookout;
};

} // namespace sockeye
