// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/engines/engines.h"
#include "app/net/failure.h"
#include "protocol/proxy/proxy_handshake.h"
#include "protocol/transport.h"

#include <QBasicTimer>
#include <QHostInfo>
#include <QObject>

#include <chrono>
#include <memory>
#include <optional>

namespace sockeye {

/// Finds the addresses of a host and tries them in the resolver's order until one takes the connection. With a proxy
/// that is done with the proxy's, which is then told where to connect to, and looks names up itself.
///
/// The time-out is for everything together. Each attempt gets its share of what is left of it, so that an address that
/// never answers does not take the next ones' chance.
class Connector final : public QObject, private Stream::Owner {
    Q_OBJECT
public:
    struct Target {
        QString host; ///< a name, an address, or a Unix socket
        quint16 port = 0;
        QAbstractSocket::NetworkLayerProtocol family = QAbstractSocket::AnyIPProtocol;
        std::chrono::milliseconds timeout { 0 }; ///< 0: as long as the system tries
        Transport transport = Transport::Tcp; ///< over UDP nothing is sent: the first address that there is a way to
        const Engine* engine = &defaultEngine();
        SocketOptions socket {};
        std::optional<ProxyOptions> proxy {}; ///< over TCP: connects there, and has it connect to the host
    };

    explicit Connector(QObject* parent);
    ~Connector() override;

    void start(const Target& target); ///< ends in connected() or failed(), never before it has returned
    void stop(); ///< gives up; says nothing

    /// Over UDP it is learned only later that nobody is there. Whether there are more addresses, which goOn() tries.
    [[nodiscard]] bool hasMore() const { return m_next + 1 < m_addresses.size(); }
    void goOn(FailureCode code); ///< the address that it connected to was no good

    // Once it is connected(), for who is told: what it connected, without an owner.
    [[nodiscard]] std::unique_ptr<Stream> takeStream() { return std::move(m_stream); }
    [[nodiscard]] std::unique_ptr<DatagramSocket> takeDatagramSocket() { return std::move(m_datagrams); } ///< over UDP

Q_SIGNALS:
    void resolved();
    void attemptFailed(const sockeye::Failure& failure); ///< there are more addresses to try
    void connected(); ///< takeStream() or takeDatagramSocket() hands it over
    void failed(const sockeye::Failure& failure);

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    void readable() override;
    void writable() override;
    void haveAddresses(const QHostInfo& info);
    void tryNext();
    void closeAttempt();
    [[nodiscard]] const QString& firstHost() const;
    [[nodiscard]] quint16 firstPort() const;
    [[nodiscard]] QString triedText(const SocketAddress& address) const;
    void talkToProxy();
    void proxyFailed(const QString& why);
    void attemptEnded(FailureCode code);
    void fail(FailureCode code, const QString& subject);
    [[nodiscard]] bool isFamilyOfOwnEnd(const SocketAddress& address) const;
    [[nodiscard]] bool isUnix() const { return !m_addresses.isEmpty() && m_addresses.constFirst().isUnix(); }
    [[nodiscard]] Failure failureOf(FailureCode code, const QString& subject) const;
    [[nodiscard]] std::chrono::milliseconds left() const;

    Target m_target;
    std::unique_ptr<Stream> m_stream; ///< of the present attempt, or of the last one
    std::unique_ptr<DatagramSocket> m_datagrams;
    QList<SocketAddress> m_addresses;
    qsizetype m_next = 0;
    std::optional<ProxyHandshake> m_proxy; ///< while it speaks to it
    QByteArray m_toProxy; ///< of which it has not taken all
    int m_lookup = -1;
    QBasicTimer m_timer;
    QBasicTimer m_nextTimer; ///< the next attempt, from the event loop
    std::chrono::steady_clock::time_point m_deadline;
};

} // namespace sockeye
