// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/acceptor.h"

#include <QTcpServer>

namespace sockeye {

/// QTcpServer as it is. Once it has emptied the queue of connections it takes every later error for that: it tells of a
/// shortage of descriptors only where that is the first one that it meets.
class QtAcceptor final : public Acceptor {
public:
    explicit QtAcceptor(Owner& owner);

    [[nodiscard]] FailureCode listen(const SocketAddress& address, int backlog, const SocketOptions& options) override;
    void setAccepting(bool on) override;
    void close() override { m_server.close(); }
    [[nodiscard]] SocketAddress address() const override { return { m_server.serverAddress(), m_server.serverPort() }; }
    [[nodiscard]] QString errorText() const override { return m_server.errorString(); }

private:
    class Server final : public QTcpServer {
    public:
        explicit Server(Owner& owner)
            : m_owner(owner)
        {
        }

    protected:
        void incomingConnection(qintptr descriptor) override;

    private:
        friend class QtAcceptor;
        Owner& m_owner;
        SocketOptions m_options; ///< of who is accepted
    };

    Server m_server;
};

} // namespace sockeye
