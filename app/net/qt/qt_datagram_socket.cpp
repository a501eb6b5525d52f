// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/qt/qt_datagram_socket.h"

#include "app/net/qt/qt_address.h"
#include "app/net/qt/qt_options.h"

#include <QNetworkDatagram>
#include <QNetworkInterface>
#include <QNetworkProxy>

#include <algorithm>
#include <chrono>
#include <cstring>

namespace sockeye {

namespace {

constexpr std::chrono::milliseconds retryAfter { 5 };

} // namespace

QtDatagramSocket::QtDatagramSocket(Owner* owner)
    : DatagramSocket(owner)
{
}

QtDatagramSocket::~QtDatagramSocket()
{
    close();
}

void QtDatagramSocket::open()
{
    close();
    m_failure = FailureCode::None;
    m_errorText.clear();
    m_peer.reset();
    m_bothFamilies = m_manyAddresses = false;
    m_socket = std::make_unique<QUdpSocket>();
    m_socket->setProxy(QNetworkProxy::NoProxy);
    m_retry = std::make_unique<QTimer>();
    m_retry->setSingleShot(true);
    m_more = std::make_unique<QTimer>();
    m_more->setSingleShot(true);
    QObject::connect(m_retry.get(), &QTimer::timeout, m_socket.get(), [this] { owner().writable(); });
    const auto tell = [this] {
        if (m_wantsReading) {
            owner().readable();
            if (m_wantsReading && isOpen() && m_socket->hasPendingDatagrams()) {
                m_more->start(0);
            }
        }
    };
    QObject::connect(m_more.get(), &QTimer::timeout, m_socket.get(), tell);
    QObject::connect(m_socket.get(), &QUdpSocket::readyRead, m_socket.get(), tell);
}

FailureCode QtDatagramSocket::failedToOpen()
{
    (void)failed();
    close();
    return m_failure;
}

/// Of a socket that is bound. False: it failed.
bool QtDatagramSocket::setUpFor(const SocketOptions& options)
{
    setUp(*m_socket, options);
    if (options.ttl) {
        m_socket->setSocketOption(QAbstractSocket::MulticastTtlOption, *options.ttl);
    }
    m_socket->setSocketOption(QAbstractSocket::MulticastLoopbackOption, options.multicastLoop ? 1 : 0);
    const QNetworkInterface by = QNetworkInterface::interfaceFromName(options.interface);
    if (!options.interface.isEmpty()) {
        m_socket->setMulticastInterface(by);
    }
    return std::ranges::all_of(options.groups, [&](const QHostAddress& group) {
        return by.isValid() ? m_socket->joinMulticastGroup(group, by) : m_socket->joinMulticastGroup(group);
    });
}

FailureCode QtDatagramSocket::bind(const SocketAddress& address, const SocketOptions& options)
{
    if (address.isUnix()) {
        return FailureCode::UnixUnknown;
    }
    open();
    m_bothFamilies = address.host.protocol() == QAbstractSocket::AnyIPProtocol;
    m_manyAddresses = m_bothFamilies || address.host == QHostAddress(QHostAddress::AnyIPv4)
        || address.host == QHostAddress(QHostAddress::AnyIPv6);
    SocketOptions joined = options;
    if (address.host.isMulticast() && !joined.groups.contains(address.host)) {
        joined.groups.append(address.host);
    }
    const QUdpSocket::BindMode mode = joined.groups.isEmpty() ? QUdpSocket::DontShareAddress : QUdpSocket::ShareAddress;
    return m_socket->bind(address.host, address.port, mode) && setUpFor(joined) ? FailureCode::None : failedToOpen();
}

FailureCode QtDatagramSocket::connectTo(const SocketAddress& address, const SocketOptions& options)
{
    if (address.isUnix()) {
        return FailureCode::UnixUnknown;
    }
    open();
    if (manyMayAnswer(address, options) || options != SocketOptions()) {
        const QHostAddress any(
            address.host.protocol() == QAbstractSocket::IPv6Protocol ? QHostAddress::AnyIPv6 : QHostAddress::AnyIPv4);
        const QHostAddress& own = options.bindTo.host.isNull() ? any : options.bindTo.host;
        const QUdpSocket::BindMode mode =
            options.groups.isEmpty() ? QUdpSocket::DefaultForPlatform : QUdpSocket::ShareAddress;
        if (!m_socket->bind(own, options.bindTo.port, mode) || !setUpFor(options)) {
            return failedToOpen();
        }
    }
    if (manyMayAnswer(address, options)) {
        m_peer = address;
        return FailureCode::None;
    }
    m_socket->connectToHost(address.host, address.port); // over UDP it is done at once
    return m_socket->state() == QAbstractSocket::ConnectedState ? FailureCode::None : failedToOpen();
}

void QtDatagramSocket::close()
{
    m_wantsReading = false;
    if (!m_socket) {
        return;
    }
    // Any of them may be who called us.
    m_socket->disconnect();
    m_socket->abort();
    m_retry->stop();
    m_more->stop();
    m_retry->disconnect();
    m_more->disconnect();
    m_socket.release()->deleteLater();
    m_retry.release()->deleteLater();
    m_more.release()->deleteLater();
}

DatagramSocket::Status QtDatagramSocket::failed()
{
    if (m_socket->error() == QAbstractSocket::TemporaryError) {
        return Status::WouldBlock;
    }
    m_failure = fromSocketError(m_socket->error());
    m_errorText = m_socket->errorString();
    return Status::Failed;
}

DatagramSocket::Received QtDatagramSocket::receive(char* data, qsizetype size)
{
    Received received;
    if (!m_manyAddresses) {
        const qint64 count = m_socket->readDatagram(data, size, &received.from.host, &received.from.port);
        received.status = count < 0 ? failed() : Status::Ok;
        received.size = std::max<qint64>(count, 0);
    } else if (m_socket->hasPendingDatagrams()) {
        const QNetworkDatagram datagram = m_socket->receiveDatagram(size);
        received.status = datagram.isValid() ? Status::Ok : failed();
        received.size = std::min(datagram.data().size(), size);
        std::memcpy(data, datagram.data().constData(), static_cast<std::size_t>(received.size));
        received.from = { datagram.senderAddress(), static_cast<quint16>(std::max(datagram.senderPort(), 0)) };
        received.to = plainAddress(datagram.destinationAddress());
        if (received.to.isMulticast()) {
            received.to.clear();
        }
    }
    received.from.host = plainAddress(received.from.host);
    return received;
}

DatagramSocket::Status QtDatagramSocket::send(QByteArrayView bytes)
{
    if (m_peer) {
        return send(bytes, *m_peer, {});
    }
    // Without an address: to the peer. QIODevice's write() sends no empty datagrams.
    return m_socket->writeDatagram(bytes.data(), bytes.size(), QHostAddress(), 0) < 0 ? failed() : Status::Ok;
}

DatagramSocket::Status QtDatagramSocket::send(QByteArrayView bytes, const SocketAddress& to, const QHostAddress& from)
{
    QNetworkDatagram datagram(bytes.toByteArray(), to.host, to.port);
    if (!from.isNull()) {
        datagram.setSender(m_bothFamilies ? QHostAddress(from.toIPv6Address()) : from);
    }
    return m_socket->writeDatagram(datagram) < 0 ? failed() : Status::Ok;
}

void QtDatagramSocket::setReading(bool on)
{
    m_wantsReading = on && isOpen();
    if (m_wantsReading && m_socket->hasPendingDatagrams()) {
        m_more->start(0);
    }
}

void QtDatagramSocket::setWriting(bool on)
{
    if (!isOpen()) {
        return;
    }
    if (on) {
        m_retry->start(retryAfter);
    } else {
        m_retry->stop();
    }
}

SocketAddress QtDatagramSocket::local() const
{
    return m_socket ? SocketAddress { plainAddress(m_socket->localAddress()), m_socket->localPort() } : SocketAddress();
}

SocketAddress QtDatagramSocket::peer() const
{
    if (m_peer) {
        return *m_peer;
    }
    return m_socket ? SocketAddress { plainAddress(m_socket->peerAddress()), m_socket->peerPort() } : SocketAddress();
}

} // namespace sockeye
