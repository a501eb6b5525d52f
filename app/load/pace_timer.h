// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QBasicTimer>
#include <QObject>
#include <QSocketNotifier>

#include <optional>

namespace sockeye {

/// Tells when a moment of the steady clock has come: to some microseconds where the system has such timers (timerfd),
/// to a millisecond elsewhere. Event dispatchers count in milliseconds, which would make an open loop late by one.
class PaceTimer final : public QObject {
    Q_OBJECT
public:
    explicit PaceTimer(QObject* parent);
    ~PaceTimer() override;

    void at(qint64 nanoseconds); ///< at once if that is over; replaces what was asked before
    void stop();

Q_SIGNALS:
    void due();

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    int m_descriptor = -1;
    bool m_tried = false;
    std::optional<QSocketNotifier> m_notifier;
    QBasicTimer m_coarse;
};

} // namespace sockeye
