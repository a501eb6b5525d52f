// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QBasicTimer>
#include <QHostAddress>
#include <QObject>
#include <QSocketNotifier>

#include <chrono>
#include <memory>

namespace sockeye {

/// One ICMP echo request and its reply, over the socket that Linux lets ordinary programs have (icmp(7),
/// net.ipv4.ping_group_range). Where that is refused it says so.
class Ping final : public QObject {
    Q_OBJECT
public:
    enum class Outcome : quint8 {
        Answered,
        Silent, ///< no reply within the time-out
        Unreachable, ///< the system or a router says that there is no way
        NotPermitted, ///< this system does not let us
        NoDescriptor, ///< this program has none left for it
    };

    explicit Ping(QObject* parent);
    ~Ping() override;

    /// Ends in ended(), never before it has returned.
    void start(const QHostAddress& address, std::chrono::milliseconds timeout);

Q_SIGNALS:
    void ended(sockeye::Ping::Outcome outcome);

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    void readable();
    void end(Outcome outcome);
    void endLater(Outcome outcome);
    [[nodiscard]] Outcome open(const QHostAddress& address);

    int m_descriptor = -1;
    bool m_isIPv6 = false;
    Outcome m_outcome = Outcome::Silent; ///< when the timer ends it
    std::unique_ptr<QSocketNotifier> m_notifier;
    QBasicTimer m_timer;
};

} // namespace sockeye
