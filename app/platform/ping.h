// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHostAddress>
#include <QObject>

#include <chrono>
#include <memory>

namespace sockeye {

/// One ICMP echo request and its reply, over the socket that Linux lets ordinary programs have (icmp(7),
/// net.ipv4.ping_group_range). Where that is refused, or there is no such socket, it says so.
class Ping final : public QObject {
    Q_OBJECT
public:
    enum class Outcome : quint8 {
        Answered,
        Silent, ///< no reply within the time-out
        Unreachable, ///< the system or a router says that there is no way
        NotPermitted, ///< this system does not let us
        NoDescriptor, ///< this program has none left for it
        NotAvailable, ///< this build has no way to send one
    };

    explicit Ping(QObject* parent);
    ~Ping() override;

    /// Ends in ended(), never before it has returned.
    void start(const QHostAddress& address, std::chrono::milliseconds timeout);

Q_SIGNALS:
    void ended(sockeye::Ping::Outcome outcome);

private:
    class Echo;
    std::unique_ptr<Echo> m_echo;
};

} // namespace sockeye
