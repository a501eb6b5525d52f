// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/connector.h"

#include <QStringList>
#include <QTimerEvent>

#include <algorithm>
#include <array>

namespace sockeye {

using namespace std::chrono;

namespace {

constexpr int fullRetry = 20; // ms

/// A port that the system keeps for privileged programs.
bool isPrivileged(quint16 port)
{
    return port > 0 && port < 1024;
}

} // namespace

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
    if (const auto address = SocketAddress::ofHost(firstHost(), firstPort())) {
        m_addresses = { *address };
        m_nextTimer.start(0, this);
        return; // of what family it is the first attempt sees
    }
    m_lookup = QHostInfo::lookupHost(firstHost(), this, [this](const QHostInfo& info) { haveAddresses(info); });
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
    m_proxy.reset();
    m_toProxy.clear();
}

void Connector::haveAddresses(const QHostInfo& info)
{
    m_lookup = -1;
    for (const QHostAddress& host : info.addresses()) {
        const SocketAddress address { host, firstPort() };
        const bool wanted = m_target.family == QAbstractSocket::AnyIPProtocol
            || m_target.family == QAbstractSocket::UnknownNetworkLayerProtocol || host.protocol() == m_target.family;
        if (wanted && isFamilyOfOwnEnd(address) && !m_addresses.contains(address)) {
            m_addresses.append(address);
        }
    }
    if (m_addresses.isEmpty()) {
        fail(info.addresses().isEmpty() || m_target.socket.bindTo.host.isNull() ? FailureCode::NameNotFound
                                                                                : FailureCode::AddressNotAvailable,
            firstHost());
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
    if (!isFamilyOfOwnEnd(m_addresses[m_next])) {
        attemptEnded(FailureCode::AddressNotAvailable);
        return;
    }
    if (m_target.transport == Transport::Udp) {
        m_datagrams = m_target.engine->newDatagramSocket(nullptr);
        attemptEnded(m_datagrams->connectTo(m_addresses[m_next], m_target.socket));
        return;
    }
    m_stream = m_target.engine->newStream(this);
    const FailureCode code = m_stream->connectTo(m_addresses[m_next], m_target.socket);
    if (code == FailureCode::None) {
        m_stream->setWriting(true);
    } else {
        attemptEnded(code);
    }
}

const QString& Connector::firstHost() const
{
    return m_target.proxy ? m_target.proxy->host : m_target.host;
}

quint16 Connector::firstPort() const
{
    return m_target.proxy ? m_target.proxy->port : m_target.port;
}

void Connector::writable()
{
    if (m_proxy) {
        talkToProxy();
        return;
    }
    const FailureCode result = m_stream->connectResult();
    if (!m_target.proxy || result != FailureCode::None) {
        attemptEnded(result);
        return;
    }
    m_proxy.emplace(*m_target.proxy, m_target.host, m_target.port);
    m_stream->setReading(true);
    talkToProxy();
}

void Connector::talkToProxy()
{
    m_toProxy += m_proxy->takeOutput();
    while (!m_toProxy.isEmpty()) {
        const Stream::Transfer sent = m_stream->write(m_toProxy);
        if (sent.status != Stream::Status::Ok) {
            break; // reading tells what happened, if anything did
        }
        m_toProxy.remove(0, sent.size);
    }
    m_stream->setWriting(!m_toProxy.isEmpty());
}

void Connector::readable()
{
    std::array<char, 512> bytes {};
    while (m_proxy && m_proxy->wanted() > 0) {
        const qsizetype size = std::min<qsizetype>(m_proxy->wanted(), bytes.size());
        const Stream::Transfer came = m_stream->read(bytes.data(), size);
        switch (came.status) {
        case Stream::Status::WouldBlock:
            talkToProxy();
            return;
        case Stream::Status::Ok:
            m_proxy->feed(QByteArrayView(bytes.data(), came.size));
            break;
        case Stream::Status::EndOfStream:
            proxyFailed(tr("It closed the connection in the middle of it."));
            return;
        case Stream::Status::Reset:
        case Stream::Status::Failed:
            proxyFailed(tr("It threw the connection away in the middle of it."));
            return;
        }
        talkToProxy();
    }
    if (!m_proxy) {
        return;
    }
    if (m_proxy->hasFailed()) {
        const QString problem = m_proxy->problem(); // which goes with it
        proxyFailed(problem);
        return;
    }
    m_proxy.reset();
    m_stream->setReading(false);
    attemptEnded(FailureCode::None);
}

void Connector::proxyFailed(const QString& why)
{
    const QString subject = placeText(m_target.host, m_target.port);
    const QString proxy = proxyText(*m_target.proxy);
    stop();
    Q_EMIT failed(makeFailure(FailureCode::ProxyFailed, tr("%1 (by %2)").arg(subject, proxy), why));
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
    if (code == FailureCode::BacklogFull) {
        if (m_target.timeout <= 0ms || left() > 0ms) {
            m_nextTimer.start(fullRetry, this); // over TCP the system does so itself
            return;
        }
        code = FailureCode::TimedOut;
    }
    if (code == FailureCode::NotPermitted && !isUnix() && !isPrivileged(m_target.socket.bindTo.port)) {
        code = FailureCode::Forbidden; // it was no port of ours that the system refused
    }
    const SocketAddress address = m_addresses[m_next++];
    const QString tried = triedText(address);
    if (m_next < m_addresses.size()) {
        Q_EMIT attemptFailed(failureOf(code, tried));
        m_nextTimer.start(0, this);
        return;
    }
    if (m_addresses.size() == 1) {
        fail(code, tried);
        return;
    }
    QStringList all;
    for (const SocketAddress& each : std::as_const(m_addresses)) {
        all.append(each.hostText());
    }
    fail(code, tr("%1 (tried %2)").arg(placeText(firstHost(), firstPort()), all.join(QStringLiteral(", "))));
}

bool Connector::isFamilyOfOwnEnd(const SocketAddress& address) const
{
    const QHostAddress& own = m_target.socket.bindTo.host;
    return own.isNull() || address.isUnix() || own.protocol() == address.host.protocol();
}

/// What is wrong with our own end is said of that.
Failure Connector::failureOf(FailureCode code, const QString& subject) const
{
    if (isUnix()) {
        return makeUnixFailure(code, subject);
    }
    const auto group = std::ranges::find_if(m_addresses, [](const auto& each) { return each.host.isMulticast(); });
    if (code == FailureCode::Unreachable && group != m_addresses.end()) {
        return makeFailure(code, subject, Circumstance::NoInterfaceForGroup, group->hostText());
    }
    const SocketAddress& own = m_target.socket.bindTo;
    if (own == SocketAddress()) {
        return makeConnectFailure(code, subject);
    }
    const QString ownText = own.host.isNull() ? tr("port %1").arg(own.port)
        : own.port == 0                       ? own.hostText()
                                              : own.placeText();
    const bool isOtherFamily =
        std::ranges::none_of(m_addresses, [this](const SocketAddress& each) { return isFamilyOfOwnEnd(each); });
    switch (code) {
    case FailureCode::AddressNotAvailable:
        return isOtherFamily ? makeFailure(code, subject, Circumstance::OwnEndOfOtherFamily, ownText)
                             : makeFailure(code, subject, Circumstance::OwnEndNotHere, ownText);
    case FailureCode::AddressInUse:
        return makeFailure(code, subject, Circumstance::OwnEndTaken, ownText);
    case FailureCode::NotPermitted:
        return makeFailure(code, ownText);
    default:
        return makeConnectFailure(code, subject);
    }
}

QString Connector::triedText(const SocketAddress& address) const
{
    return m_target.proxy ? tr("the proxy %1").arg(address.placeText()) : address.placeText();
}

void Connector::fail(FailureCode code, const QString& subject)
{
    stop();
    Q_EMIT failed(failureOf(code, subject));
}

void Connector::timerEvent(QTimerEvent* event)
{
    if (event->timerId() == m_nextTimer.timerId()) {
        m_nextTimer.stop();
        tryNext();
    } else if (event->timerId() == m_timer.timerId()) {
        m_timer.stop();
        if (m_lookup != -1) {
            fail(FailureCode::NameNotFound, firstHost());
        } else {
            attemptEnded(FailureCode::TimedOut);
        }
    }
}

} // namespace sockeye
