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
    const FailureCode code = m_sockets.bind(*m_options.engine, *this, addresses, m_options.port, at, detail);
    if (code != FailureCode::None) {
        const Failure failure = listenFailure(code, at, SocketProtocol::Udp, detail);
        m_recorder.error(0, codeName(code), failure.oneLine());
        m_recorder.flush();
        Q_EMIT failed(failure);
        return;
    }
    for (std::size_t i = 1; i < m_sockets.all().size(); ++i) {
        m_recorder.note(0, tr("Listening on %1, too.").arg(m_sockets.all()[i]->local().toString()));
    }
    m_sockets.setReading(true);
    Q_EMIT listening(m_sockets.all().front()->local());
}

void DatagramHost::end()
{
    m_timer.stop();
    m_sockets.close();
    while (!m_peers.empty()) {
        letGo(m_peers.begin());
    }
    m_recorder.flush();
    Q_EMIT ended();
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
    for (const std::unique_ptr<DatagramSocket>& socket : m_sockets.all()) {
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
        const auto peer = peerAt(m_sockets.endsOf(socket, received));
        if (peer != m_peers.end()) {
            answer(peer, { m_scratch.get(), received.size });
        }
    }
}

DatagramHost::Peers::iterator DatagramHost::peerAt(const DatagramEnds& ends)
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
    m_recorder.opened(id, { Transport::Udp, m_sockets.localOf(ends), ends.peer, false });
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
    DatagramSocket& socket = m_sockets.socketOf(peer->ends);
    DatagramSocket::Status status = DatagramSocket::Status::Failed;
    FailureCode code = FailureCode::TooLarge;
    if (m_reply.size() <= maxDatagram) {
        status = m_sockets.send(m_reply, peer->ends);
        code = socket.lastFailure();
    }
    switch (status) {
    case DatagramSocket::Status::WouldBlock:
        m_waiting = peer;
        m_waitingIsLast = isLast;
        m_sockets.setReading(false);
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
    m_sockets.setWriting(false);
    const auto peer = std::exchange(m_waiting, m_peers.end());
    if (peer != m_peers.end()) {
        sendReply(peer, m_waitingIsLast);
    }
    sendAnswers();
    if (m_waiting == m_peers.end()) {
        m_sockets.setReading(true);
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
