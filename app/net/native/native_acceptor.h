// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/acceptor.h"

#include <QSocketNotifier>
#include <QTcpServer>

namespace sockeye {

/// QTcpServer opens the socket, but accepting is done here: once it has emptied the queue QTcpServer takes every later
/// error for that, so that without descriptors it would try for ever, at full speed and in silence.
class NativeAcceptor final : public Acceptor {
public:
    explicit NativeAcceptor(Owner& owner);

    [[nodiscard]] FailureCode listen(const SocketAddress& address, int backlog, const SocketOptions& options) override;
    void setAccepting(bool on) override;
    void close() override;
    [[nodiscard]] SocketAddress address() const override { return { m_server.serverAddress(), m_server.serverPort() }; }
    [[nodiscard]] QString errorText() const override { return m_server.errorString(); }

private:
    void acceptWaiting();

    Owner& m_owner;
    QTcpServer m_server;
    std::unique_ptr<QSocketNotifier> m_notifier; ///< while listening
};

} // namespace sockeye
