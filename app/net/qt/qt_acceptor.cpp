// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/qt/qt_acceptor.h"

#include "app/net/qt/qt_options.h"
#include "app/net/qt/qt_socket.h"
#include "app/net/qt/qt_stream.h"

#include <QNetworkProxy>

namespace sockeye {

void QtAcceptor::Server::incomingConnection(qintptr descriptor)
{
    auto socket = std::make_unique<QtSocket>();
    if (!socket->setSocketDescriptor(descriptor)) {
        return; // its peer gave up before we got to it
    }
    setUp(*socket, m_options);
    m_owner.accepted(std::make_unique<QtStream>(std::move(socket)));
}

QtAcceptor::QtAcceptor(Owner& owner)
    : m_server(owner)
{
    m_server.setProxy(QNetworkProxy::NoProxy);
    QObject::connect(&m_server, &QTcpServer::acceptError, &m_server, [&owner](QAbstractSocket::SocketError error) {
        if (fromSocketError(error) == FailureCode::TooManyFiles) {
            owner.cannotAccept(FailureCode::TooManyFiles);
        }
    });
}

FailureCode QtAcceptor::listen(const SocketAddress& address, int backlog, const SocketOptions& options)
{
    if (address.isUnix()) {
        return FailureCode::UnixUnknown;
    }
    m_server.m_options = options;
    m_server.setListenBacklogSize(backlog);
    return m_server.listen(address.host, address.port) ? FailureCode::None : fromSocketError(m_server.serverError());
}

void QtAcceptor::setAccepting(bool on)
{
    if (on) {
        m_server.resumeAccepting();
    } else {
        m_server.pauseAccepting();
    }
}

} // namespace sockeye
