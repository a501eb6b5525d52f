// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/connector.h"

#include <QStringList>
#include <QTimerEvent>

#include <algorithm>

namespace sockeye {

using namespace std::chrono;

Connector::Connector(QObject* parent)
    : QObject(parent)
{
}

Connector::~Connector()
{
    stop();
}

void Connector::start(const Target& target)
{
    stop();
    m_target = target;
    m_addresses.clear();
    m_next = 0;
    m_deadline = steady_clock::now() + target.timeout;
    if (target.timeout > 0ms) {
        m_timer.start(static_cast<int>(std::min<milliseconds::rep>(target.timeout.count(), 24 * 3600 * 1000)), this);
    }
    QHostAddress address;
    if (address.setAddress(target.host)) {
        m_addresses = { address };
        m_nextTimer.start(0, this);
        return;
    }
    m_lookup = QHostInfo::lookupHost(target.host, this, [this](const QHostInfo& info) { haveAddresses(info); });
}

void Connector::stop()
{
    if (m_lookup != -1) {
        QHostInfo::abortHostLookup(m_lookup);
        m_lookup = -1;
    }
    m_timer.stop();
    m_nextTimer.stop();
    closeAttempt();
}

/// Keeps the stream itself: it may be who called us.
void Connector::closeAttempt()
{
    if (m_stream) {
        m_stream->close();
    }
    m_datagrams.reset();
}

void Connector::haveAddresses(const QHostInfo& info)
{
    m_lookup = -1;
    for (const QHostAddress& address : info.addresses()) {
        const bool wanted = m_target.family == QAbstractSocket::AnyIPProtocol
            || m_target.family == QAbstractSocket::UnknownNetworkLayerProtocol || address.protocol() == m_target.family;
        if (wanted && !m_addresses.contains(address)) {
            m_addresses.append(address);
        }
    }
    if (m_addresses.isEmpty()) {
        fail(FailureCode::NameNotFound, m_target.host);
        return;
    }
    tryNext();
}

milliseconds Connector::left() const
{
    return std::max(ceil<milliseconds>(m_deadline - steady_clock::now()), 0ms);
}

void Connector::tryNext()
{
    if (m_next == 0) {
        Q_EMIT resolved();
    }
    if (m_target.timeout > 0ms) {
        const auto share = left() / (m_addresses.size() - m_next);
        m_timer.start(static_cast<int>(std::min<milliseconds::rep>(share.count(), 24 * 3600 * 1000)), this);
    }
    if (m_target.transport == Transport::Udp) {
        m_datagrams = m_target.engine->newDatagramSocket(nullptr);
        attemptEnded(m_datagrams->connectTo({ m_addresses[m_next], m_target.port }));
        return;
    }
    m_stream = m_target.engine->newStream(this);
    const FailureCode code = m_stream->connectTo({ m_addresses[m_next], m_target.port });
    if (code == FailureCode::None) {
        m_stream->setWriting(true);
    } else {
        attemptEnded(code);
    }
}

void Connector::writable()
{
    attemptEnded(m_stream->connectResult());
}

void Connector::goOn(FailureCode code)
{
    m_deadline = std::max(m_deadline, steady_clock::now() + m_target.timeout);
    attemptEnded(code);
}

void Connector::attemptEnded(FailureCode code)
{
    m_timer.stop();
    if (code == FailureCode::None) {
        if (m_stream) {
            m_stream->setWriting(false);
        }
        Q_EMIT connected();
        return;
    }
    closeAttempt();
    if (code == FailureCode::NotPermitted) {
        code = FailureCode::Forbidden; // it was no port of ours that the system refused
    }
    const QHostAddress address = m_addresses[m_next++];
    const QString tried = tr("%1 port %2").arg(address.toString(), QString::number(m_target.port));
    if (m_next < m_addresses.size()) {
        Q_EMIT attemptFailed(makeConnectFailure(code, tried));
        m_nextTimer.start(0, this);
        return;
    }
    if (m_addresses.size() == 1) {
        fail(code, tried);
        return;
    }
    QStringList all;
    for (const QHostAddress& each : std::as_const(m_addresses)) {
        all.append(each.toString());
    }
    fail(code,
        tr("%1 port %2 (tried %3)").arg(m_target.host, QString::number(m_target.port), all.join(QStringLiteral(", "))));
}

void Connector::fail(FailureCode code, const QString& subject)
{
    stop();
    Q_EMIT failed(makeConnectFailure(code, subject));
}

void Connector::timerEvent(QTimerEvent* event)
{
    if (event->timerId() == m_nextTimer.timerId()) {
        m_nextTimer.stop();
        tryNext();
    } else if (event->timerId() == m_timer.timerId()) {
        m_timer.stop();
        if (m_lookup != -1) {
            fail(FailureCode::NameNotFound, m_target.host);
        } else {
            attemptEnded(FailureCode::TimedOut);
        }
    }
}

} // namespace sockeye
