// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/listener.h"

#include "app/endpoint/listen_failure.h"
#include "app/endpoint/tls_names.h"
#include "app/tls/tls_context.h"

#include <QTimerEvent>

namespace sockeye {

namespace {

constexpr int retryInterval = 100; // ms
/// Accepting that worked for so many intervals is taken for well again.
constexpr int quietIntervals = 3;

} // namespace

Listener::Listener(const ServerOptions& options, const std::shared_ptr<Recording>& recording,
    std::vector<ConnectionGroup*> groups, std::shared_ptr<ServerCounters> counters,
    std::shared_ptr<std::atomic<quint32>> lastId)
    : m_options(options)
    , m_recorder(recording)
    , m_groups(std::move(groups))
    , m_counters(std::move(counters))
    , m_lastId(std::move(lastId))
{
    // Moves to the I/O thread together with this.
    m_recorder.setParent(this);
}

void Listener::begin(const QHostAddress& address)
{
    if (const Failure failure = secure(address)) {
        fail(failure);
        return;
    }
    m_acceptor = m_options.engine->newAcceptor(*this);
    const FailureCode code = m_acceptor->listen({ address, m_options.port }, m_options.backlog);
    if (code != FailureCode::None) {
        fail(listenFailure(code, { address, m_options.port }, SocketProtocol::Tcp, m_acceptor->errorText()));
        return;
    }
    m_recorder.limitsOf(*m_options.engine);
    Q_EMIT listening(m_acceptor->address(), m_certificate);
}

/// Reads the certificate's files, or makes one; here, where nobody waits for the disk.
Failure Listener::secure(const QHostAddress& address)
{
    if (!m_options.tls.isOn()) {
        return {};
    }
    const TlsContext::Made made = TlsContext::forServer(m_options.tls, certificateNames(m_options.host, address));
    if (!made) {
        return made.error();
    }
    for (ConnectionGroup* const group : m_groups) {
        group->setTls(*made);
    }
    m_certificate = (*made)->ownChain().constFirst();
    return {};
}

void Listener::fail(const Failure& failure)
{
    m_recorder.error(0, codeName(failure.code), failure.oneLine());
    m_recorder.flush();
    Q_EMIT failed(failure);
}

void Listener::end()
{
    m_retryTimer.stop();
    if (m_acceptor) {
        m_acceptor->close();
    }
    m_recorder.flush();
    Q_EMIT ended();
}

void Listener::accepted(std::unique_ptr<Stream> stream)
{
    const quint32 id = m_lastId->fetch_add(1, std::memory_order_relaxed) + 1;
    const bool surplus = m_counters->connections.load(std::memory_order_relaxed) >= m_options.maxConnections;
    if (!surplus) {
        m_counters->connections.fetch_add(1, std::memory_order_relaxed);
    }
    m_groups[m_turn]->adopt(std::move(stream), id, surplus);
    m_turn = m_turn + 1 < m_groups.size() ? m_turn + 1 : 0;
}

void Listener::cannotAccept(FailureCode code)
{
    m_quietRetries = 0;
    m_retryTimer.start(retryInterval, this);
    if (!m_inTrouble) {
        m_inTrouble = true;
        const Failure failure = makeFailure(code, tr("new connections"));
        m_recorder.error(0, codeName(failure.code), failure.oneLine());
        Q_EMIT trouble(failure);
    }
}

void Listener::timerEvent(QTimerEvent* event)
{
    if (event->timerId() != m_retryTimer.timerId()) {
        return;
    }
    m_acceptor->setAccepting(true);
    if (++m_quietRetries > quietIntervals) {
        m_retryTimer.stop();
        m_inTrouble = false;
        m_recorder.note(0, tr("There are file descriptors again: new connections are accepted."));
        Q_EMIT trouble({});
    }
}

} // namespace sockeye
