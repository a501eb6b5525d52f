// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/relay_host.h"

#include "app/endpoint/listen_failure.h"
#include "protocol/text/describe_bytes.h"

#include <QTimerEvent>

#include <algorithm>
#include <vector>

namespace sockeye {

using namespace std::chrono_literals;

RelayHost::RelayHost(const RelayOptions& options, FaultPlanPtr plan, const std::shared_ptr<Recording>& recording,
    std::shared_ptr<std::atomic<quint32>> lastId, std::shared_ptr<RelayLegs> legs)
    : m_options(options)
    , m_plan(std::move(plan))
    , m_recorder(recording)
    , m_lastId(std::move(lastId))
    , m_legs(std::move(legs))
    , m_scratch(std::make_unique<char[]>(scratchSize))
{
    // Moves to the I/O thread together with this.
    m_recorder.setParent(this);
}

RelayHost::~RelayHost() = default;

FaultTime RelayHost::now()
{
    return std::chrono::duration_cast<FaultTime>(RelayPeer::Clock::now().time_since_epoch());
}

void RelayHost::begin(const QList<QHostAddress>& addresses)
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

void RelayHost::end()
{
    m_idleTimer.stop();
    m_wakeTimer.stop();
    m_sockets.close();
    while (!m_peers.empty()) {
        letGo(m_peers.begin()->first);
    }
    m_recorder.flush();
    Q_EMIT ended();
}

void RelayHost::forget(quint32 connection)
{
    if (m_peers.contains(connection)) {
        letGo(connection);
    }
}

void RelayHost::letGo(quint32 id)
{
    const auto found = m_peers.find(id);
    m_recorder.closed(id, CloseKind::Orderly);
    m_legs->close(id);
    m_byEnds.erase(found->second->ends());
    m_peers.erase(found);
    m_toldFull = false;
}

void RelayHost::setFaults(const FaultPlanPtr& plan)
{
    m_plan = plan;
    for (const auto& [id, peer] : m_peers) {
        peer->setFaults(m_plan, now());
    }
    letGoneGo();
}

/// None of them is on the stack.
void RelayHost::letGoneGo()
{
    std::vector<quint32> gone;
    for (const auto& [id, peer] : m_peers) {
        if (peer->isGone()) {
            gone.push_back(id);
        }
    }
    for (const quint32 id : gone) {
        letGo(id);
    }
}

void RelayHost::readable()
{
    for (const std::unique_ptr<DatagramSocket>& socket : m_sockets.all()) {
        readFrom(*socket);
    }
}

void RelayHost::readFrom(DatagramSocket& socket)
{
    for (int turns = RelayPeer::datagramsPerTurn; turns > 0 && socket.isOpen(); --turns) {
        const DatagramSocket::Received received = socket.receive(m_scratch.get(), scratchSize);
        if (received.status == DatagramSocket::Status::WouldBlock) {
            return;
        }
        if (received.status == DatagramSocket::Status::Failed) {
            continue; // word of something that was sent earlier: it is not said to whom
        }
        if (RelayPeer* const peer = peerAt(m_sockets.endsOf(socket, received))) {
            peer->received({ m_scratch.get(), received.size });
        }
    }
}

RelayPeer* RelayHost::peerAt(const DatagramEnds& ends)
{
    if (const auto known = m_byEnds.find(ends); known != m_byEnds.end()) {
        return known->second;
    }
    if (m_peers.size() >= static_cast<std::size_t>(m_options.maxConnections)) {
        if (!std::exchange(m_toldFull, true)) {
            m_recorder.error(0, codeName(FailureCode::TooManyConnections),
                tr("A datagram of %1 was thrown away, as is each of a further peer: there are %2 already, which is the "
                   "limit that was set. Peers count as gone after the idle time-out.")
                    .arg(ends.peer.toString(), groupedDigits(static_cast<qint64>(m_peers.size()))));
        }
        return nullptr;
    }
    const quint32 id = m_lastId->fetch_add(1, std::memory_order_relaxed) + 1;
    const ConnectionFacts facts { Transport::Udp, m_sockets.localOf(ends), ends.peer, false, false, false };
    RelayPeer& peer = *m_peers.emplace(id, std::make_unique<RelayPeer>(*this, id, ends, facts)).first->second;
    m_byEnds.emplace(ends, &peer);
    m_recorder.opened(id, facts);
    peer.setFaults(m_plan, now());
    peer.open();
    if (m_options.idleTimeout > 0ms && !m_idleTimer.isActive()) {
        expire();
    }
    return &peer;
}

DatagramSocket::Status RelayHost::answer(const DatagramEnds& to, QByteArrayView datagram)
{
    const DatagramSocket::Status status = m_sockets.send(datagram, to);
    if (status == DatagramSocket::Status::WouldBlock) {
        m_sockets.socketOf(to).setWriting(true);
    }
    return status;
}

void RelayHost::writable()
{
    m_sockets.setWriting(false);
    for (const auto& [id, peer] : m_peers) {
        peer->roomForAnswers();
    }
}

void RelayHost::wakeAt(std::optional<FaultTime> due)
{
    if (!due || (m_wakeDue && *m_wakeDue <= *due)) {
        return;
    }
    m_wakeDue = due;
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(*due - now()).count();
    m_wakeTimer.start(
        static_cast<int>(std::clamp<std::chrono::milliseconds::rep>(wait, 0, 3600 * 1000)), Qt::PreciseTimer, this);
}

void RelayHost::wakePeers()
{
    m_wakeDue.reset();
    const FaultTime time = now();
    std::optional<FaultTime> next;
    for (const auto& [id, peer] : m_peers) {
        if (const auto due = peer->due(); due && *due <= time) {
            peer->wake(time);
        }
        if (const auto due = peer->due(); due && (!next || *due < *next)) {
            next = due;
        }
    }
    letGoneGo();
    wakeAt(next);
}

/// Those that were silent for too long go, and the timer is set for the next.
void RelayHost::expire()
{
    const RelayPeer::Clock::time_point silentSince = RelayPeer::Clock::now() - m_options.idleTimeout;
    std::vector<quint32> silent;
    auto first = RelayPeer::Clock::time_point::max();
    for (const auto& [id, peer] : m_peers) {
        if (peer->lastActivity() <= silentSince && !peer->due()) {
            silent.push_back(id);
        } else {
            first = std::min(first, std::max(peer->lastActivity(), silentSince + 1ms));
        }
    }
    for (const quint32 id : silent) {
        m_recorder.note(id,
            tr("Nothing came for %1 s: the peer counts as gone. UDP has no way to say good-bye.")
                .arg(static_cast<double>(m_options.idleTimeout.count()) / 1000.0));
        letGo(id);
    }
    if (!m_peers.empty()) {
        const auto wait = std::chrono::ceil<std::chrono::milliseconds>(first - silentSince).count();
        m_idleTimer.start(
            static_cast<int>(std::clamp<std::chrono::milliseconds::rep>(wait, 1, 24 * 3600 * 1000)), this);
    }
}

void RelayHost::timerEvent(QTimerEvent* event)
{
    if (event->timerId() == m_idleTimer.timerId()) {
        m_idleTimer.stop();
        expire();
    } else if (event->timerId() == m_wakeTimer.timerId()) {
        m_wakeTimer.stop();
        wakePeers();
    }
}

} // namespace sockeye
