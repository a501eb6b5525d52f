// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/qt/qt_stream.h"

#include "app/net/qt/qt_address.h"
#include "app/net/qt/qt_engine.h"
#include "app/net/qt/qt_options.h"
#include "app/net/qt/qt_socket.h"

#include <QScopedValueRollback>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <chrono>

namespace sockeye {

namespace {

/// How long a socket that was closed may take to send what it still holds.
constexpr std::chrono::seconds sendsOnFor { 10 };

} // namespace

QtStream::QtStream(Owner* owner)
    : Stream(owner)
{
}

QtStream::QtStream(std::unique_ptr<QtSocket> accepted)
    : Stream(nullptr)
    , m_socket(std::move(accepted))
    , m_local { plainAddress(m_socket->localAddress()), m_socket->localPort() }
    , m_peer { plainAddress(m_socket->peerAddress()), m_socket->peerPort() }
{
    m_socket->setStream(this);
}

QtStream::~QtStream()
{
    if (m_socket && (m_end || m_isConnecting || m_socket->bytesToWrite() == 0)) {
        m_socket->setStream(nullptr);
        m_socket.reset(); // nothing of it is on the stack
    } else {
        close();
    }
}

void QtStream::moveTo(QThread* thread)
{
    if (m_socket) {
        m_socket->moveToThread(thread);
    }
}

FailureCode QtStream::connectTo(const SocketAddress& address, const SocketOptions& options)
{
    if (address.isUnix()) {
        return FailureCode::UnixUnknown;
    }
    close();
    m_local = {};
    m_peer = address;
    m_end.reset();
    m_endIsTold = false;
    m_failure = FailureCode::None;
    m_isConnecting = true;
    m_socket = std::make_unique<QtSocket>();
    m_socket->setStream(this);
    {
        const QScopedValueRollback<bool> busy(m_isBusy, true);
        if (options != SocketOptions()) { // else it has what it needs once it is connected
            const QHostAddress any(address.host.protocol() == QAbstractSocket::IPv6Protocol ? QHostAddress::AnyIPv6
                                                                                            : QHostAddress::AnyIPv4);
            const QHostAddress& own = options.bindTo.host.isNull() ? any : options.bindTo.host;
            if (!m_socket->bind(own, options.bindTo.port, QAbstractSocket::ShareAddress)) {
                m_failure = fromSocketError(m_socket->error());
                letGo();
                return m_failure;
            }
            setUp(*m_socket, options);
        }
        m_noDelay = options.noDelay;
        m_socket->connectToHost(address.host, address.port);
    }
    if (m_failure != FailureCode::None) {
        letGo();
    }
    return m_failure;
}

void QtStream::established()
{
    m_isConnecting = false;
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, m_noDelay ? 1 : 0);
    m_local = { plainAddress(m_socket->localAddress()), m_socket->localPort() };
    m_peer = { plainAddress(m_socket->peerAddress()), m_socket->peerPort() };
    tellOwner();
}

void QtStream::haveBytes()
{
    tellOwner();
}

void QtStream::haveRoom()
{
    tellOwner();
}

void QtStream::failed()
{
    const QAbstractSocket::SocketError error = m_socket->error();
    if (error == QAbstractSocket::TemporaryError) {
        return;
    }
    if (!m_end) {
        // What waits to be sent goes with the connection.
        const bool isEnd = error == QAbstractSocket::RemoteHostClosedError && m_socket->bytesToWrite() == 0;
        m_end = isEnd ? Status::EndOfStream : Status::Failed;
        m_failure =
            error == QAbstractSocket::RemoteHostClosedError ? FailureCode::HalfCloseUnknown : fromSocketError(error);
    }
    tellLater(); // it may be in the middle of a call of Qt's
}

void QtStream::ended()
{
    if (!m_end) {
        m_end = Status::EndOfStream; // ours, and with it the peer's
        m_failure = FailureCode::HalfCloseUnknown;
    }
    tellLater();
}

void QtStream::later()
{
    m_isCalledLater = false;
    if (std::exchange(m_wasAsked, false) && !isReadable()) {
        owner().readable();
    } else {
        tellOwner();
    }
}

bool QtStream::isReadable() const
{
    return m_wantsReading && !m_isConnecting && (m_socket->bytesAvailable() > 0 || (m_end && !m_endIsTold));
}

bool QtStream::isWritable() const
{
    return m_wantsWriting && (m_isConnecting ? m_end.has_value() : m_end || m_socket->bytesToWrite() < mostUnsent);
}

/// As a descriptor would: as long as there is something to do, and something else in between.
void QtStream::tellOwner()
{
    if (m_isBusy) {
        tellLater();
        return;
    }
    if (isOpen() && isReadable()) {
        owner().readable();
    }
    if (isOpen() && isWritable()) {
        owner().writable();
    }
    if (isOpen() && (isReadable() || isWritable())) {
        tellLater();
    }
}

void QtStream::tellLater()
{
    if (!m_isCalledLater && m_socket) {
        m_isCalledLater = true;
        m_socket->callLater();
    }
}

void QtStream::callLater()
{
    m_wasAsked = true;
    tellLater();
}

Stream::Transfer QtStream::read(char* data, qsizetype size)
{
    if (!m_socket || m_isConnecting) {
        return {};
    }
    const QScopedValueRollback<bool> busy(m_isBusy, true);
    if (m_socket->bytesAvailable() > 0) {
        if (const qint64 count = m_socket->read(data, size); count > 0) {
            return { Status::Ok, count };
        }
    }
    if (m_end) {
        m_endIsTold = true;
        return { *m_end, 0 };
    }
    return {};
}

Stream::Transfer QtStream::write(QByteArrayView bytes)
{
    if (m_end) {
        return { Status::Failed, 0 };
    }
    if (!m_socket || m_isConnecting) {
        return {};
    }
    const qint64 room = mostUnsent - m_socket->bytesToWrite();
    if (room <= 0) {
        return {};
    }
    const QScopedValueRollback<bool> busy(m_isBusy, true);
    const qint64 count = m_socket->write(bytes.data(), std::min<qint64>(bytes.size(), room));
    m_socket->flush(); // now, not in the next turn, as far as the system has room
    if (m_end || count < 0) {
        return { Status::Failed, 0 };
    }
    return { Status::Ok, count };
}

void QtStream::shutdownWrite()
{
    if (m_socket && !m_end) {
        const QScopedValueRollback<bool> busy(m_isBusy, true);
        m_socket->disconnectFromHost();
    }
}

/// Of the socket, which may be who called us.
void QtStream::letGo()
{
    m_isCalledLater = m_wasAsked = false;
    m_wantsReading = m_wantsWriting = false;
    m_isConnecting = false;
    m_socket->setStream(nullptr);
    m_socket->abort();
    m_socket.release()->deleteLater();
}

void QtStream::close()
{
    if (!m_socket) {
        return;
    }
    if (m_isConnecting || m_end || m_socket->bytesToWrite() == 0) {
        letGo();
        return;
    }
    // It sends on by itself, and then goes.
    QtSocket* const socket = m_socket.get();
    socket->setStream(nullptr);
    QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    QObject::connect(QThread::currentThread(), &QThread::finished, socket, &QObject::deleteLater);
    QTimer::singleShot(sendsOnFor, socket, [socket] {
        socket->abort();
        socket->deleteLater();
    });
    socket->disconnectFromHost();
    (void)m_socket.release();
    m_isCalledLater = m_wasAsked = false;
    m_wantsReading = m_wantsWriting = false;
}

void QtStream::reset()
{
    if (m_socket) {
        letGo();
    }
}

void QtStream::setReading(bool on)
{
    m_wantsReading = on;
    if (m_socket && isReadable()) {
        tellLater();
    }
}

void QtStream::setWriting(bool on)
{
    m_wantsWriting = on;
    if (m_socket && isWritable()) {
        tellLater();
    }
}

const EngineCapabilities& QtStream::capabilities() const
{
    return qtEngine().capabilities();
}

} // namespace sockeye
