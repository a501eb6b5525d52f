// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/acceptor.h"
#include "app/platform/posix/unix_listener.h"

#include <QSocketNotifier>
#include <QTcpServer>

namespace sockeye {

/// QTcpServer opens the socket, where it is TCP's, but accepting is done here: once it has emptied the queue QTcpServer
/// takes every later error for that, so that without descriptors it would try for ever, at full speed and in silence.
class NativeAcceptor final : public Acceptor {
public:
    explicit NativeAcceptor(Owner& owner);

    [[nodiscard]] FailureCode listen(const SocketAddress& address, int backlog, const SocketOptions& options) override;
    void setAccepting(bool on) override;
    void close() override;
    [[nodiscard]] SocketAddress address() const override;
    [[nodiscard]] QString errorText() const override { return m_errorText; }

private:
    [[nodiscard]] FailureCode listenOnUnix(const UnixName& name, int backlog, const SocketOptions& options);
    void beginToAccept();
    void acceptWaiting();
    [[nodiscard]] qintptr descriptor() const
    {
        return m_unix.isOpen() ? m_unix.descriptor() : m_server.socketDescriptor();
    }

    Owner& m_owner;
    QTcpServer m_server;
    UnixListener m_unix; ///< in its place, for a Unix socket
    QString m_errorText;
    std::unique_ptr<QSocketNotifier> m_notifier; ///< while listening
};

} // namespace sockeye
