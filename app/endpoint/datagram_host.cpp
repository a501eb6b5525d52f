// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/datagram_host.h"

#include "app/platform/system_error.h"
#include "protocol/text/describe_bytes.h"

#include <QCoreApplication>
#include <QTimerEvent>

#include <algorithm>

namespace sockeye {

using namespace std::chrono_literals;

namespace {

const QEvent::Type answerIsThereEvent = static_cast<QEvent::Type>(QEvent::registerEventType());

} // namespace

DatagramHost::DatagramHost(const ServerOptions& options, std::shared_ptr<const Service> service,
    const std::shared_ptr<Recording>& recording, std::shared_ptr<std::atomic<quint32>> lastId)
    : PeerHost(options, recording, std::move(lastId))
    , m_options(options)
    , m_service(std::move(service))
    , m_waiting(m_peers.end())
{
}

void DatagramHost::letAllGo()
{
    m_timer.stop();
    while (!m_peers.empty()) {
        letGo(m_peers.begin());
    }
}

void DatagramHost::forget(quint32 connection)
{
    const auto found = m_byId.find(connection);
    if (found != m_byId.end()) {
        letGo(found->second);
    }
}

void DatagramHost::received(const DatagramEnds& ends, QByteArrayView datagram)
{
    const auto peer = peerAt(ends);
    if (peer != m_peers.end()) {
        answer(peer, datagram);
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
        recorder().note(m_peers.front().id,
            tr("This peer was silent for longest, and makes way for a new one: there are as many as there may be."));
        letGo(m_peers.begin());
    } else if (isFull) {
        tellFull(ends, m_peers.size());
        return m_peers.end();
    }
    const ConnectionFacts facts = factsOf(ends);
    const quint32 id = newPeer(facts);
    const auto peer =
        m_peers.insert(m_peers.end(), Peer { id, ends, nullptr, m_service->newSession(), 0, Clock::now(), {} });
    peer->host = attachHost(*peer->session, *m_service, recorder(), id, facts, m_options.serviceOptions.limits);
    m_byEnds.emplace(ends, peer);
    m_byId.emplace(id, peer);
    armTimer();
    return peer;
}

void DatagramHost::answer(Peers::iterator peer, QByteArrayView datagram)
{
    touch(peer);
    recorder().chunk(peer->id, Direction::In, datagram);
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
    countExchange();
    if (!given) {
        recorder().error(peer->id, codeName(given.error().code), describe(given.error()), given.error().offset);
        return;
    }
    if (!peer->pending.empty()) {
        const auto itsTurnComes = std::make_shared<PendingAnswer>();
        given->isSilent() ? itsTurnComes->fulfilSilently(given->after())
                          : itsTurnComes->fulfil(m_reply, given->after());
        peer->pending.push_back(itsTurnComes);
        return;
    }
    if (!given->isSilent()) {
        sendReply(peer, given->after() != After::Keep);
    } else if (given->after() != After::Keep) {
        letGo(peer);
    }
}

/// Not while too many datagrams of that peer wait for answers that come later.
bool DatagramHost::canAnswer(Peer& peer)
{
    const bool can = peer.pending.size() < maxPending;
    if (!can && !peer.toldFull) {
        recorder().error(peer.id, QLatin1StringView("not-answered"),
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
        touch(peer);
        countExchange();
        m_reply = answer->reply();
        if (!answer->isSilent()) {
            sendReply(peer, answer->after() != After::Keep);
        } else if (answer->after() != After::Keep) {
            letGo(peer);
        }
    }
}

void DatagramHost::touch(Peers::iterator peer)
{
    peer->lastActivity = Clock::now();
    m_peers.splice(m_peers.end(), m_peers, peer);
}

/// What went out, or why nothing did, is recorded.
DatagramSocket::Status DatagramHost::write(const Peer& peer, QByteArrayView datagram)
{
    DatagramSocket::Status status = DatagramSocket::Status::Failed;
    FailureCode code = FailureCode::TooLarge;
    if (datagram.size() <= maxDatagram) {
        status = sockets().send(datagram, peer.ends);
        code = sockets().socketOf(peer.ends).lastFailure();
    }
    if (status == DatagramSocket::Status::Ok) {
        recorder().chunk(peer.id, Direction::Out, datagram);
    } else if (status == DatagramSocket::Status::Failed) {
        const QString subject = code == FailureCode::TooLarge
            ? tr("An answer of %1 bytes").arg(groupedDigits(datagram.size()))
            : peer.ends.peer.toString();
        const bool isUnix = peer.ends.peer.isUnix();
        const QString detail = code == FailureCode::Other ? sockets().socketOf(peer.ends).errorText() : QString();
        recorder().error(peer.id, codeName(code),
            (isUnix ? makeUnixFailure(code, subject) : makeFailure(code, subject, detail)).oneLine());
    }
    return status;
}

void DatagramHost::sendReply(Peers::iterator peer, bool isLast)
{
    if (write(*peer, m_reply) == DatagramSocket::Status::WouldBlock) {
        m_waiting = peer;
        m_waitingIsLast = isLast;
        sockets().setReading(false);
        sockets().socketOf(peer->ends).setWriting(true);
        return;
    }
    if (isLast) {
        letGo(peer);
    }
}

void DatagramHost::sendByHand(const HandSending& sending)
{
    std::vector<quint32> ids;
    for (const Peer& peer : m_peers) {
        ids.push_back(peer.id);
    }
    SentReport report(sending.bytes.size());
    for (const quint32 id : sending.to ? *sending.to : ids) {
        if (const auto found = m_byId.find(id); found != m_byId.end()) {
            report.take(id, sendByHand(*found->second, sending.bytes));
            touch(found->second);
        }
    }
    Q_EMIT sentByHand(sending.number, report);
}

/// Nothing of it is kept: a datagram may be lost anyway, and whoever sends it is told at once.
std::optional<NotSent> DatagramHost::sendByHand(const Peer& peer, QByteArrayView datagram)
{
    if (datagram.size() > maxDatagram) {
        return NotSent::TooLong;
    }
    if (m_waiting != m_peers.end()) {
        return NotSent::NoRoom; // an answer comes first
    }
    switch (write(peer, datagram)) {
    case DatagramSocket::Status::Ok:
        return std::nullopt;
    case DatagramSocket::Status::WouldBlock:
        return NotSent::NoRoom;
    case DatagramSocket::Status::Failed:
        break;
    }
    return NotSent::Failed;
}

void DatagramHost::writable()
{
    sockets().setWriting(false);
    const auto peer = std::exchange(m_waiting, m_peers.end());
    if (peer != m_peers.end()) {
        sendReply(peer, m_waitingIsLast);
    }
    sendAnswers();
    if (m_waiting == m_peers.end()) {
        sockets().setReading(true);
    }
}

void DatagramHost::letGo(Peers::iterator peer)
{
    if (m_waiting == peer) {
        m_waiting = m_peers.end(); // writable() comes all the same, and reading goes on
    }
    peerGone(peer->id);
    for (const std::shared_ptr<PendingAnswer>& answer : peer->pending) {
        answer->cancel();
    }
    m_byEnds.erase(peer->ends);
    m_byId.erase(peer->id);
    m_peers.erase(peer);
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
        peerIsSilent(m_peers.front().id);
        letGo(m_peers.begin());
    }
    armTimer();
}

} // namespace sockeye
