// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/relay_host.h"

#include <QTimerEvent>

#include <algorithm>
#include <vector>

namespace sockeye {

using namespace std::chrono_literals;

RelayHost::RelayHost(const RelayOptions& options, FaultPlanPtr plan, const std::shared_ptr<Recording>& recording,
    std::shared_ptr<std::atomic<quint32>> lastId, std::shared_ptr<RelayLegs> legs)
    : PeerHost(options, recording, std::move(lastId))
    , m_options(options)
    , m_plan(std::move(plan))
    , m_legs(std::move(legs))
{
}

RelayHost::~RelayHost() = default;

void RelayHost::letAllGo()
{
    m_idleTimer.stop();
    m_wakeTimer.stop();
    while (!m_peers.empty()) {
        letGo(m_peers.begin()->first);
    }
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
    peerGone(id);
    m_legs->close(id);
    m_byEnds.erase(found->second->ends());
    m_peers.erase(found);
}

void RelayHost::setFaults(const FaultPlanPtr& plan)
{
    m_plan = plan;
    for (const auto& [id, peer] : m_peers) {
        peer->setFaults(m_plan, FaultTimer::now());
    }
    letGoneGo();
}

void RelayHost::decide(const HoldDecision& decision)
{
    if (const auto found = m_peers.find(decision.connection); found != m_peers.end()) {
        found->second->decide(decision);
        letGoneGo();
    }
}

void RelayHost::insert(quint32 connection, Direction direction, const QByteArray& message)
{
    if (const auto found = m_peers.find(connection); found != m_peers.end()) {
        found->second->insert(direction, message);
        letGoneGo();
    }
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

void RelayHost::received(const DatagramEnds& ends, QByteArrayView datagram)
{
    if (RelayPeer* const peer = peerAt(ends)) {
        peer->received(datagram);
    }
}

RelayPeer* RelayHost::peerAt(const DatagramEnds& ends)
{
    if (const auto known = m_byEnds.find(ends); known != m_byEnds.end()) {
        return known->second;
    }
    if (m_peers.size() >= static_cast<std::size_t>(m_options.maxConnections)) {
        tellFull(ends, m_peers.size());
        return nullptr;
    }
    const ConnectionFacts facts = factsOf(ends);
    const quint32 id = newPeer(facts);
    RelayPeer& peer = *m_peers.emplace(id, std::make_unique<RelayPeer>(*this, id, ends, facts)).first->second;
    m_byEnds.emplace(ends, &peer);
    peer.setFaults(m_plan, FaultTimer::now());
    peer.open();
    if (m_options.idleTimeout > 0ms && !m_idleTimer.isActive()) {
        expire();
    }
    return &peer;
}

DatagramSocket::Status RelayHost::answer(const DatagramEnds& to, QByteArrayView datagram)
{
    const DatagramSocket::Status status = sockets().send(datagram, to);
    if (status == DatagramSocket::Status::WouldBlock) {
        sockets().socketOf(to).setWriting(true);
    }
    return status;
}

void RelayHost::writable()
{
    sockets().setWriting(false);
    for (const auto& [id, peer] : m_peers) {
        peer->roomForAnswers();
    }
}

void RelayHost::wakePeers()
{
    const FaultTime time = FaultTimer::now();
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
        peerIsSilent(id);
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
    } else if (m_wakeTimer.takes(event)) {
        wakePeers();
    }
}

} // namespace sockeye
