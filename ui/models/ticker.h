// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

#include <chrono>

class QTimer;

namespace sockeye {

/// The one clock by which models take what is new: about 30 ticks a second for as long as anybody listens, none
/// otherwise; fewer, down to four, where what they lead to takes long. GUI thread only; lives as long as the
/// application.
class Ticker : public QObject {
    Q_OBJECT
public:
    static Ticker& instance();

Q_SIGNALS:
    void tick();

protected:
    void connectNotify(const QMetaMethod& signal) override;

private:
    explicit Ticker(QObject* parent);
    void beat();
    QTimer* m_timer;
    std::chrono::nanoseconds m_spent { 0 }; ///< processor time of this thread at the last beat
};

} // namespace sockeye
