// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/native/native_datagram_socket.h"

#include "app/platform/system_error.h"

#include <QSocketNotifier>
#include <QTimer>

#include <chrono>

namespace sockeye {

namespace {

constexpr std::chrono::milliseconds unixRetry { 2 };

DatagramSocket::Status statusOf(const Transfer& transfer)
{
    switch (transfer.status) {
    case TransferStatus::Ok:
        return DatagramSocket::Status::Ok;
    case TransferStatus::WouldBlock:
        return DatagramSocket::Status::WouldBlock;
    case TransferStatus::EndOfStream:
    case TransferStatus::Reset:
    case TransferStatus::Failed:
        break;
    }
    return DatagramSocket::Status::Failed;
}

} // namespace

NativeDatagramSocket::NativeDatagramSocket(Owner* owner)
    : DatagramSocket(owner)
{
}

NativeDatagramSocket::~NativeDatagramSocket()
{
    close();
}

FailureCode NativeDatagramSocket::bind(const SocketAddress& address, const SocketOptions& options)
{
    close();
    return m_socket.bind(address, options);
}

FailureCode NativeDatagramSocket::connectTo(const SocketAddress& address, const SocketOptions& options)
{
    close();
    return m_socket.connectTo(address, options);
}

void NativeDatagramSocket::close()
{
    // The notifiers only go quiet: one of them may be who called us.
    for (auto* const notifier : { &m_reader, &m_writer }) {
        if (*notifier) {
            (*notifier)->setEnabled(false);
        }
    }
    setRetry(false);
    m_socket.close();
}

DatagramSocket::Received NativeDatagramSocket::receive(char* data, qsizetype size)
{
    Received received;
    const Transfer transfer = m_socket.receive(data, size, received.from, received.to, received.cut);
    received.status = statusOf(transfer);
    received.size = transfer.size;
    return received;
}

DatagramSocket::Status NativeDatagramSocket::send(QByteArrayView bytes)
{
    return statusOf(m_socket.send(bytes));
}

DatagramSocket::Status NativeDatagramSocket::send(
    QByteArrayView bytes, const SocketAddress& to, const QHostAddress& from)
{
    return statusOf(m_socket.send(bytes, to, from));
}

void NativeDatagramSocket::setNotifier(std::unique_ptr<QSocketNotifier>& notifier, bool reads, bool on)
{
    const int descriptor = m_socket.descriptor();
    if (!notifier && on) {
        notifier =
            std::make_unique<QSocketNotifier>(descriptor, reads ? QSocketNotifier::Read : QSocketNotifier::Write);
        QObject::connect(notifier.get(), &QSocketNotifier::activated, notifier.get(), [this, reads] {
            if (reads) {
                owner().readable();
            } else {
                owner().writable();
            }
        });
    } else if (notifier) {
        if (notifier->socket() != descriptor && descriptor >= 0) {
            notifier->setSocket(descriptor);
        }
        notifier->setEnabled(on && descriptor >= 0);
    }
}

void NativeDatagramSocket::setReading(bool on)
{
    setNotifier(m_reader, true, on);
}

void NativeDatagramSocket::setWriting(bool on)
{
    if (!m_socket.tellsRoom()) {
        setRetry(on && isOpen());
        return;
    }
    setNotifier(m_writer, false, on);
}

void NativeDatagramSocket::setRetry(bool on)
{
    if (!m_retry && on) {
        m_retry = std::make_unique<QTimer>();
        m_retry->setSingleShot(true);
        QObject::connect(m_retry.get(), &QTimer::timeout, m_retry.get(), [this] { owner().writable(); });
    }
    if (on) {
        m_retry->start(unixRetry);
    } else if (m_retry) {
        m_retry->stop();
    }
}

QString NativeDatagramSocket::errorText() const
{
    return systemErrorText(m_socket.lastError());
}

} // namespace sockeye
