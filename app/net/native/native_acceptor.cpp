// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/native/native_acceptor.h"

#include "app/net/native/native_stream.h"
#include "app/platform/posix/socket_setup.h"
#include "app/platform/system_error.h"

namespace sockeye {

namespace {

/// Connections accepted in a turn; then those that are open have theirs.
constexpr int acceptsPerTurn = 64;

} // namespace

NativeAcceptor::NativeAcceptor(Owner& owner)
    : m_owner(owner)
{
}

FailureCode NativeAcceptor::listen(const SocketAddress& address, int backlog, const SocketOptions& options)
{
    if (address.isUnix()) {
        return listenOnUnix(address.unixName, backlog, options);
    }
    m_server.setListenBacklogSize(backlog);
    // Qt sets SO_REUSEADDR, so that a server can come back while connections of its last life are in TIME_WAIT.
    if (!m_server.listen(address.host, address.port)) {
        m_errorText = m_server.errorString();
        return fromSocketError(m_server.serverError());
    }
    // Whoever is accepted has them from here, at no cost.
    if (const int error = setUpStream(static_cast<int>(m_server.socketDescriptor()), options); error != 0) {
        m_server.close();
        m_errorText = systemErrorText(error);
        return fromSystemError(error);
    }
    m_server.pauseAccepting();
    beginToAccept();
    return FailureCode::None;
}

FailureCode NativeAcceptor::listenOnUnix(const UnixName& name, int backlog, const SocketOptions& options)
{
    const int error = m_unix.open(name, backlog, options);
    if (error != 0) {
        m_errorText = systemErrorText(error);
        return fromSystemError(error);
    }
    beginToAccept();
    return FailureCode::None;
}

void NativeAcceptor::beginToAccept()
{
    m_notifier = std::make_unique<QSocketNotifier>(descriptor(), QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(), [this] { acceptWaiting(); });
}

SocketAddress NativeAcceptor::address() const
{
    return m_unix.isOpen() ? m_unix.address() : SocketAddress { m_server.serverAddress(), m_server.serverPort() };
}

void NativeAcceptor::setAccepting(bool on)
{
    if (m_notifier) {
        m_notifier->setEnabled(on);
    }
}

void NativeAcceptor::close()
{
    if (m_notifier) {
        m_notifier->setEnabled(false);
        m_notifier.release()->deleteLater(); // it may be who called us
    }
    m_server.close();
    m_unix.close();
}

void NativeAcceptor::acceptWaiting()
{
    for (int turns = acceptsPerTurn; turns > 0 && descriptor() >= 0; --turns) {
        TcpSocket socket = TcpSocket::accept(descriptor());
        if (socket.isOpen()) {
            m_owner.accepted(std::make_unique<NativeStream>(std::move(socket)));
            continue;
        }
        const FailureCode why = fromSystemError(socket.lastError());
        if (why == FailureCode::TooManyFiles || why == FailureCode::OutOfMemory) {
            setAccepting(false);
            m_owner.cannotAccept(why);
            return;
        }
        if (socket.nothingWaits()) {
            return;
        }
        // Anything else befell that one connection: its peer gave up before we got to it.
    }
}

} // namespace sockeye
