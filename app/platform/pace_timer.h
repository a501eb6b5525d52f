// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/platform/fine_timer.h"

#include <QBasicTimer>
#include <QObject>

#include <memory>

namespace sockeye {

/// Tells when a moment of the steady clock has come: to some microseconds where the system has such timers (FineTimer),
/// to a millisecond elsewhere. Event dispatchers count in milliseconds, which would make an open loop late by one.
class PaceTimer final : public QObject {
    Q_OBJECT
public:
    explicit PaceTimer(QObject* parent);
    ~PaceTimer() override;

    void at(qint64 nanoseconds); ///< at once if that is over; replaces what was asked before
    void stop();

Q_SIGNALS:
    void due(); ///< perhaps several times, until at() or stop()

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    std::unique_ptr<FineTimer> m_fine; ///< null: not tried yet, or there is none
    bool m_tried = false;
    QBasicTimer m_coarse;
};

} // namespace sockeye
