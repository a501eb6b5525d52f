// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/listening/listener.h"

#include "app/listening/listen_failure.h"
#include "app/listening/tls_names.h"
#include "app/tls/file_stamp.h"
#include "app/tls/tls_context.h"

#include <QTimerEvent>

namespace sockeye {

using namespace std::chrono_literals;

namespace {

constexpr int retryInterval = 100; // ms
/// Accepting that worked for so many intervals is taken for well again.
constexpr int quietIntervals = 3;
/// How often at most the certificate's files are looked at, while connections come.
constexpr auto certificateLook = 1s;

} // namespace

Listener::Listener(const ListenOptions& options, const std::shared_ptr<Recording>& recording,
    std::vector<StreamGroup*> groups, std::shared_ptr<ServerCounters> counters,
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

void Listener::begin(const QList<SocketAddress>& addresses)
{
    if (const Failure failure = secure(addresses.constFirst().host)) {
        fail(failure);
        return;
    }
    SocketAddress at;
    QString detail;
    const FailureCode code = onOnePort(m_options.port, addresses, [&] {
        m_acceptors.clear();
        return listenOn(addresses, at, detail);
    });
    if (code != FailureCode::None) {
        m_acceptors.clear();
        fail(listenFailure(code, at, SocketProtocol::Tcp, detail));
        return;
    }
    m_addresses = addresses;
    m_options.port = m_acceptors.front()->address().port;
    m_recorder.limitsOf(*m_options.engine);
    m_recorder.notDone(*m_options.engine, m_options.socket, isUnixHost(m_options.host));
    for (std::size_t i = 1; i < m_acceptors.size(); ++i) {
        m_recorder.note(0, tr("Listening on %1, too.").arg(m_acceptors[i]->address().toString()));
    }
    Q_EMIT listening(m_acceptors.front()->address(), m_certificate);
}

/// `at`: where it failed, and `detail` in the system's words.
FailureCode Listener::listenOn(const QList<SocketAddress>& addresses, SocketAddress& at, QString& detail)
{
    quint16 port = m_options.port;
    FailureCode missing = FailureCode::None;
    for (const SocketAddress& address : addresses) {
        at = address;
        at.port = address.isUnix() ? 0 : port;
        if (address.host.isMulticast()) { // the system would let us
            return FailureCode::AddressNotAvailable;
        }
        std::unique_ptr<Acceptor> acceptor = m_options.engine->newAcceptor(*this);
        const FailureCode code = acceptor->listen(at, m_options.backlog, m_options.socket);
        if (code == FailureCode::AddressNotAvailable && addresses.size() > 1) {
            missing = code;
            continue;
        }
        if (code != FailureCode::None) {
            detail = acceptor->errorText();
            return code;
        }
        port = acceptor->address().port;
        m_acceptors.push_back(std::move(acceptor));
    }
    return m_acceptors.empty() ? missing : FailureCode::None;
}

/// Reads the certificate's files, or makes one; here, where nobody waits for the disk.
Failure Listener::secure(const QHostAddress& address)
{
    if (!m_options.tls.isOn()) {
        return {};
    }
    m_certificateStamp = fileStamp({ m_options.tls.certificateFile, m_options.tls.keyFile });
    m_nextLook.setRemainingTime(certificateLook);
    const TlsContext::Made made = TlsContext::forServer(m_options.tls, certificateNames(m_options.host, address));
    if (!made) {
        return made.error();
    }
    show(*made);
    return {};
}

void Listener::show(const std::shared_ptr<const TlsContext>& tls)
{
    for (StreamGroup* const group : m_groups) {
        group->setTls(tls);
    }
    m_certificate = tls->ownChain().constFirst();
}

/// Certificates are renewed while servers run.
void Listener::lookAtCertificate()
{
    m_nextLook.setRemainingTime(certificateLook);
    const QString stamp = fileStamp({ m_options.tls.certificateFile, m_options.tls.keyFile });
    if (stamp == m_certificateStamp) {
        return;
    }
    m_certificateStamp = stamp;
    const TlsContext::Made made = TlsContext::forServer(m_options.tls, {});
    if (!made) { // half written, perhaps: then it will change once more
        m_recorder.note(0,
            tr("The certificate's files have changed and cannot be used, so that the one that was read before is shown "
               "further on. %1")
                .arg(made.error().oneLine()));
        return;
    }
    show(*made);
    m_recorder.note(
        0, tr("The certificate's files have changed: new connections are shown %1.").arg(m_certificate->subject));
    Q_EMIT certified(m_certificate);
}

void Listener::fail(const Failure& failure)
{
    m_recorder.error(0, codeName(failure.code), failure.oneLine());
    m_recorder.flush();
    Q_EMIT failed(failure);
}

void Listener::setDown(bool down)
{
    if (down == m_isDown || m_hasEnded || m_addresses.isEmpty()) {
        return;
    }
    m_isDown = down;
    if (down) {
        m_retryTimer.stop();
        for (const std::unique_ptr<Acceptor>& acceptor : m_acceptors) {
            acceptor->close();
        }
        return;
    }
    SocketAddress at;
    QString detail;
    m_acceptors.clear();
    const FailureCode code = listenOn(m_addresses, at, detail);
    if (code != FailureCode::None) {
        m_acceptors.clear();
        fail(listenFailure(code, at, SocketProtocol::Tcp, detail));
    }
}

void Listener::end()
{
    m_hasEnded = true;
    m_retryTimer.stop();
    for (const std::unique_ptr<Acceptor>& acceptor : m_acceptors) {
        acceptor->close();
    }
    m_recorder.flush();
    Q_EMIT ended();
}

void Listener::accepted(std::unique_ptr<Stream> stream)
{
    if (m_options.tls.certificate == TlsServerOptions::Certificate::Own && m_nextLook.hasExpired()) {
        lookAtCertificate();
    }
    const quint32 id = m_lastId->fetch_add(1, std::memory_order_relaxed) + 1;
    const bool overLimit = m_counters->connections.load(std::memory_order_relaxed) >= m_options.maxConnections;
    if (!overLimit) {
        m_counters->connections.fetch_add(1, std::memory_order_relaxed);
    }
    m_groups[m_turn]->adopt(std::move(stream), id, overLimit);
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
    for (const std::unique_ptr<Acceptor>& acceptor : m_acceptors) {
        acceptor->setAccepting(true);
    }
    if (++m_quietRetries > quietIntervals) {
        m_retryTimer.stop();
        m_inTrouble = false;
        m_recorder.note(0, tr("New connections are accepted again."));
        Q_EMIT trouble({});
    }
}

} // namespace sockeye
