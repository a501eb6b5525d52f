// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/listener.h"

#include <QTimerEvent>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace sockeye {

namespace {

constexpr int retryInterval = 100; // ms
/// Accepting that worked for so many intervals is taken for well again.
constexpr int quietIntervals = 3;

} // namespace

Listener::Listener(const ServerOptions& options, const std::shared_ptr<Capture>& capture,
    std::vector<ConnectionGroup*> groups, std::shared_ptr<ServerCounters> counters,
    std::shared_ptr<std::atomic<quint32>> lastId)
    : m_options(options)
    , m_recorder(capture)
    , m_groups(std::move(groups))
    , m_counters(std::move(counters))
    , m_lastId(std::move(lastId))
{
    m_recorder.setParent(this);
    connect(this, &QTcpServer::acceptError, this, &Listener::cannotAccept);
}

void Listener::begin(const QHostAddress& address)
{
    setListenBacklogSize(m_options.backlog);
    // Qt sets SO_REUSEADDR, so that a server can come back while connections of its last life are in TIME_WAIT.
    if (!listen(address, m_options.port)) {
        const FailureCode code = fromSocketError(serverError());
        QString subject = tr("Address %1 port %2").arg(address.toString()).arg(m_options.port);
        if (code == FailureCode::AddressNotAvailable) {
            subject = address.toString();
        } else if (code == FailureCode::NotPermitted) {
            subject = tr("Listening on %1 port %2").arg(address.toString()).arg(m_options.port);
        }
        const Failure failure = makeFailure(code, subject, code == FailureCode::Other ? errorString() : QString());
        m_recorder.error(0, codeName(code), failure.oneLine());
        m_recorder.flush();
        Q_EMIT failed(failure);
        return;
    }
    // Accepted sockets inherit it, at no cost.
    const int on = 1;
    ::setsockopt(static_cast<int>(socketDescriptor()), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    Q_EMIT listening({ serverAddress(), serverPort() });
}

void Listener::end()
{
    m_retryTimer.stop();
    close();
    m_recorder.flush();
    Q_EMIT ended();
}

void Listener::incomingConnection(qintptr descriptor)
{
    const quint32 id = m_lastId->fetch_add(1, std::memory_order_relaxed) + 1;
    const bool surplus = m_counters->connections.load(std::memory_order_relaxed) >= m_options.maxConnections;
    if (!surplus) {
        m_counters->connections.fetch_add(1, std::memory_order_relaxed);
    }
    m_groups[m_turn]->adopt(static_cast<int>(descriptor), id, surplus);
    m_turn = m_turn + 1 < m_groups.size() ? m_turn + 1 : 0;
}

void Listener::cannotAccept(QAbstractSocket::SocketError error)
{
    // Qt has paused accepting. A connection that its peer gave up before we got to it is no reason to.
    if (error != QAbstractSocket::SocketResourceError) {
        resumeAccepting();
        return;
    }
    m_quietRetries = 0;
    m_retryTimer.start(retryInterval, this);
    if (!m_inTrouble) {
        m_inTrouble = true;
        const Failure failure = makeFailure(FailureCode::TooManyFiles, tr("new connections"));
        m_recorder.error(0, codeName(failure.code), failure.oneLine());
        Q_EMIT trouble(failure);
    }
}

void Listener::timerEvent(QTimerEvent* event)
{
    if (event->timerId() != m_retryTimer.timerId()) {
        QTcpServer::timerEvent(event);
        return;
    }
    if (m_quietRetries == 0) {
        resumeAccepting();
    }
    if (++m_quietRetries > quietIntervals) {
        m_retryTimer.stop();
        m_inTrouble = false;
        m_recorder.note(0, tr("There are file descriptors again: new connections are accepted."));
        Q_EMIT trouble({});
    }
}

} // namespace sockeye
