// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/datagram_host.h"

#include "app/endpoint/listen_failure.h"
#include "app/platform/system_error.h"
#include "protocol/text/describe_bytes.h"

#include <QCoreApplication>
#include <QTimerEvent>

#include <algorithm>

namespace sockeye {

using namespace std::chrono_literals;

namespace {

constexpr qsizetype scratchSize = 65'536; ///< more than any datagram

const QEvent::Type answerIsThereEvent = static_cast<QEvent::Type>(QEvent::registerEventType());

} // namespace

std::size_t DatagramHost::EndsHash::operator()(const Ends& ends) const noexcept
{
    return qHashMulti(0, ends.peer.host, ends.peer.port, ends.local);
}

DatagramHost::DatagramHost(const ServerOptions& options, std::shared_ptr<const Service> service,
    const std::shared_ptr<Recording>& recording, std::shared_ptr<std::atomic<quint32>> lastId)
    : m_options(options)
    , m_service(std::move(service))
    , m_recorder(recording)
    , m_lastId(std::move(lastId))
    , m_scratch(std::make_unique<char[]>(scratchSize))
    , m_waiting(m_peers.end())
{
    // Moves to the I/O thread together with this.
    m_recorder.setParent(this);
}

void DatagramHost::begin(const QList<QHostAddress>& addresses)
{
    SocketAddress at;
    QString detail;
    const FailureCode code = onOnePort(m_options.port, [&] {
        m_sockets.clear();
        return bindTo(addresses, at, detail);
    });
    if (code != FailureCode::None) {
        m_sockets.clear();
        const Failure failure = listenFailure(code, at, SocketProtocol::Udp, detail);
        m_recorder.error(0, codeName(code), failure.oneLine());
        m_recorder.flush();
        Q_EMIT failed(failure);
        return;
    }
    m_address = m_sockets.front()->local();
    for (std::size_t i = 1; i < m_sockets.size(); ++i) {
        m_recorder.note(0, tr("Listening on %1, too.").arg(m_sockets[i]->local().toString()));
    }
    setReading(true);
    Q_EMIT listening(m_address);
}

/// `at`: where it failed, and `detail` in the system's words.
FailureCode DatagramHost::bindTo(const QList<QHostAddress>& addresses, SocketAddress& at, QString& detail)
{
    quint16 port = m_options.port;
    FailureCode missing = FailureCode::None;
    for (const QHostAddress& address : addresses) {
        at = { address, port };
        std::unique_ptr<DatagramSocket> socket = m_options.engine->newDatagramSocket(this);
        const FailureCode code = socket->bind(at);
        if (code == FailureCode::AddressNotAvailable && addresses.size() > 1) {
            missing = code;
            continue;
        }
        if (code != FailureCode::None) {
            detail = socket->errorText();
            return code;
        }
        port = socket->local().port;
        m_sockets.push_back(std::move(socket));
    }
    return m_sockets.empty() ? missing : FailureCode::None;
}

void DatagramHost::end()
{
    m_timer.stop();
    for (const std::unique_ptr<DatagramSocket>& socket : m_sockets) {
        socket->close();
    }
    while (!m_peers.empty()) {
        letGo(m_peers.begin());
    }
    m_recorder.flush();
    Q_EMIT ended();
}

void DatagramHost::setReading(bool on)
{
    for (const std::unique_ptr<DatagramSocket>& socket : m_sockets) {
        if (socket->isOpen()) {
            socket->setReading(on);
        }
    }
}

DatagramSocket& DatagramHost::socketOf(const Peer& peer) const
{
    const auto found = std::ranges::find_if(m_sockets,
        [&peer](const std::unique_ptr<DatagramSocket>& each) { return each->local().host == peer.ends.local; });
    return found != m_sockets.end() ? **found : *m_sockets.front();
}

void DatagramHost::forget(quint32 connection)
{
    const auto found = m_byId.find(connection);
    if (found != m_byId.end()) {
        letGo(found->second);
    }
}

void DatagramHost::readable()
{
    for (const std::unique_ptr<DatagramSocket>& socket : m_sockets) {
        readFrom(*socket);
    }
}

void DatagramHost::readFrom(DatagramSocket& socket)
{
    for (int turns = datagramsPerTurn; turns > 0 && socket.isOpen() && m_waiting == m_peers.end(); --turns) {
        const DatagramSocket::Received received = socket.receive(m_scratch.get(), scratchSize);
        if (received.status == DatagramSocket::Status::WouldBlock) {
            return;
        }
        if (received.status == DatagramSocket::Status::Failed) {
            continue; // word of something that was sent earlier: it is not said to whom
        }
        const auto peer = peerAt({ received.from, m_sockets.size() > 1 ? socket.local().host : received.to });
        if (peer != m_peers.end()) {
            answer(peer, { m_scratch.get(), received.size });
        }
    }
}

DatagramHost::Peers::iterator DatagramHost::peerAt(const Ends& ends)
{
    const auto known = m_byEnds.find(ends);
    if (known != m_byEnds.end()) {
        return known->second;
    }
    const bool isFull = m_peers.size() >= static_cast<std::size_t>(m_options.maxConnections);
    if (isFull && m_options.idleTimeout <= 0ms && !m_peers.empty()) {
        // Nobody counts as gone by himself: without this, newcomers would be shut out for good.
        m_recorder.note(m_peers.front().id,
            tr("This peer was silent for longest, and makes way for a new one: there are as many as there may be."));
        letGo(m_peers.begin());
    } else if (isFull) {
        if (!m_toldFull) {
            m_toldFull = true;
            m_recorder.error(0, codeName(FailureCode::TooManyConnections),
                tr("A datagram of %1 was thrown away, as is each of a further peer: there are %2 already, which is the "
                   "limit that was set. Peers count as gone after the idle time-out.")
                    .arg(ends.peer.toString(), groupedDigits(static_cast<qint64>(m_peers.size()))));
        }
        return m_peers.end();
    }
    const quint32 id = m_lastId->fetch_add(1, std::memory_order_relaxed) + 1;
    const auto peer = m_peers.insert(m_peers.end(), Peer { id, ends, m_service->newSession(), 0, Clock::now(), {} });
    m_byEnds.emplace(ends, peer);
    m_byId.emplace(id, peer);
    const SocketAddress local { ends.local.isNull() ? m_address.host : ends.local, m_address.port };
    m_recorder.opened(id, { Transport::Udp, local, ends.peer, false });
    armTimer();
    return peer;
}

void DatagramHost::answer(Peers::iterator peer, QByteArrayView datagram)
{
    peer->lastActivity = Clock::now();
    m_peers.splice(m_peers.end(), m_peers, peer);
    m_recorder.chunk(peer->id, Direction::In, datagram);
    const Frame frame { peer->received, datagram.size(), 0, nullptr };
    peer->received += datagram.size();
    if (!canAnswer(*peer)) {
        return;
    }
    m_reply.resize(0);
    const Result<Answer> given = peer->session->answer(frame, datagram, m_reply);
    if (given && !given->isThere()) {
        waitFor(*peer, given->pending());
        return;
    }
    m_exchanges.store(m_exchanges.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    if (!given) {
        m_recorder.error(peer->id, codeName(given.error().code), describe(given.error()), given.error().offset);
        return;
    }
    if (!peer->pending.empty()) {
        const auto itsTurnComes = std::make_shared<PendingAnswer>();
        itsTurnComes->fulfil(m_reply, given->after());
        peer->pending.push_back(itsTurnComes);
        return;
    }
    sendReply(peer, given->after() == After::Close);
}

/// Not while too many datagrams of that peer wait for answers that come later.
bool DatagramHost::canAnswer(Peer& peer)
{
    const bool can = peer.pending.size() < maxPending;
    if (!can && !peer.toldFull) {
        m_recorder.error(peer.id, QLatin1StringView("not-answered"),
            tr("This datagram was thrown away, as is each further one: %n before it still wait for their answers.", "",
                static_cast<int>(peer.pending.size())));
    }
    peer.toldFull = !can;
    return can;
}

void DatagramHost::waitFor(Peer& peer, const std::shared_ptr<PendingAnswer>& answer)
{
    peer.pending.push_back(answer);
    if (answer->isFulfilled()) {
        answerIsThere(peer.id);
    } else {
        answer->whenFulfilled([this, id = peer.id] { answerIsThere(id); });
    }
}

/// It is sent from the event loop: whoever fulfils it may be in the middle of something of ours.
void DatagramHost::answerIsThere(quint32 id)
{
    m_answered.push_back(id);
    if (m_answered.size() == 1) {
        QCoreApplication::postEvent(this, new QEvent(answerIsThereEvent));
    }
}

bool DatagramHost::event(QEvent* event)
{
    if (event->type() == answerIsThereEvent) {
        sendAnswers();
        return true;
    }
    return QObject::event(event);
}

/// Until there is no room for more: then writable() goes on.
void DatagramHost::sendAnswers()
{
    while (!m_answered.empty() && m_waiting == m_peers.end()) {
        const auto found = m_byId.find(m_answered.back());
        if (found == m_byId.end() || found->second->pending.empty() || !found->second->pending.front()->isFulfilled()) {
            m_answered.pop_back();
            continue;
        }
        const Peers::iterator peer = found->second;
        const std::shared_ptr<PendingAnswer> answer = peer->pending.front();
        peer->pending.pop_front();
        peer->lastActivity = Clock::now();
        m_peers.splice(m_peers.end(), m_peers, peer);
        m_exchanges.store(m_exchanges.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
        m_reply = answer->reply();
        sendReply(peer, answer->after() == After::Close);
    }
}

void DatagramHost::sendReply(Peers::iterator peer, bool isLast)
{
    DatagramSocket& socket = socketOf(*peer);
    DatagramSocket::Status status = DatagramSocket::Status::Failed;
    FailureCode code = FailureCode::TooLarge;
    if (m_reply.size() <= maxDatagram) {
        status = socket.send(m_reply, peer->ends.peer, m_sockets.size() > 1 ? QHostAddress() : peer->ends.local);
        code = socket.lastFailure();
    }
    switch (status) {
    case DatagramSocket::Status::WouldBlock:
        m_waiting = peer;
        m_waitingIsLast = isLast;
        setReading(false);
        socket.setWriting(true);
        return;
    case DatagramSocket::Status::Failed: {
        const QString subject = code == FailureCode::TooLarge
            ? tr("An answer of %1 bytes").arg(groupedDigits(m_reply.size()))
            : peer->ends.peer.toString();
        m_recorder.error(peer->id, codeName(code), makeFailure(code, subject).oneLine());
        break;
    }
    case DatagramSocket::Status::Ok:
        m_recorder.chunk(peer->id, Direction::Out, m_reply);
        break;
    }
    if (isLast) {
        letGo(peer);
    }
}

void DatagramHost::writable()
{
    for (const std::unique_ptr<DatagramSocket>& socket : m_sockets) {
        socket->setWriting(false);
    }
    const auto peer = std::exchange(m_waiting, m_peers.end());
    if (peer != m_peers.end()) {
        sendReply(peer, m_waitingIsLast);
    }
    sendAnswers();
    if (m_waiting == m_peers.end()) {
        setReading(true);
    }
}

void DatagramHost::letGo(Peers::iterator peer)
{
    if (m_waiting == peer) {
        m_waiting = m_peers.end(); // writable() comes all the same, and reading goes on
    }
    m_recorder.closed(peer->id, CloseKind::Orderly);
    for (const std::shared_ptr<PendingAnswer>& answer : peer->pending) {
        answer->cancel();
    }
    m_byEnds.erase(peer->ends);
    m_byId.erase(peer->id);
    m_peers.erase(peer);
    m_toldFull = false;
}

void DatagramHost::armTimer()
{
    if (m_options.idleTimeout > 0ms && !m_peers.empty() && !m_timer.isActive()) {
        const auto due = m_peers.front().lastActivity + m_options.idleTimeout - Clock::now();
        const auto wait = std::chrono::ceil<std::chrono::milliseconds>(due).count();
        m_timer.start(static_cast<int>(std::clamp<std::chrono::milliseconds::rep>(wait, 0, 24 * 3600 * 1000)), this);
    }
}

void DatagramHost::timerEvent(QTimerEvent* event)
{
    if (event->timerId() != m_timer.timerId()) {
        return;
    }
    m_timer.stop();
    const Clock::time_point now = Clock::now();
    while (!m_peers.empty() && m_peers.front().lastActivity + m_options.idleTimeout <= now) {
        if (!m_peers.front().pending.empty()) { // it waits for us
            m_peers.front().lastActivity = now;
            m_peers.splice(m_peers.end(), m_peers, m_peers.begin());
            continue;
        }
        m_recorder.note(m_peers.front().id,
            tr("Nothing came for %1 s: the peer counts as gone. UDP has no way to say good-bye.")
                .arg(static_cast<double>(m_options.idleTimeout.count()) / 1000.0));
        letGo(m_peers.begin());
    }
    armTimer();
}

} // namespace sockeye
