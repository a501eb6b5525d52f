// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/relay_peer.h"

#include "app/relay/hold_words.h"
#include "app/relay/relay_host.h"
#include "app/relay/relay_script.h"
#include "app/relay/rule_script.h"

#include <QCoreApplication>

#include <utility>

namespace sockeye {

RelayPeer::Passage::Passage(RelayPeer& peer, quint32 id, Direction itsDirection, const ConnectionFacts& facts)
    : m_peer(peer)
    , faults(*this, id, itsDirection, facts)
    , direction(itsDirection)
{
}

void RelayPeer::Passage::struck(const PlannedFault& fault, const FaultStrike& strike)
{
    recordStrike(m_peer.m_host.recorder(), m_peer.m_id, direction, fault, strike);
}

void RelayPeer::Passage::held(const FaultStrike& strike)
{
    m_peer.m_host.recorder().told(
        m_peer.m_id, heldText(direction, strike), strikeScript(m_peer.m_id, direction, holdAsFault(), strike));
}

void RelayPeer::Passage::judged(qint64 offset, qint64 size, const rules::Verdict& verdict)
{
    recordVerdict(m_peer.m_host.recorder(), m_peer.m_id, direction, offset, size, verdict);
}

void RelayPeer::Passage::answerByRule(QByteArrayView bytes)
{
    Passage& back = direction == Direction::In ? m_peer.m_out : m_peer.m_in;
    m_peer.pass(back, bytes, back.received);
}

RelayPeer::RelayPeer(RelayHost& host, quint32 id, const DatagramEnds& ends, const ConnectionFacts& facts)
    : m_host(host)
    , m_id(id)
    , m_ends(ends)
    , m_in(*this, id, Direction::In, facts)
    , m_out(*this, id, Direction::Out, facts)
    , m_began(Clock::now())
    , m_lastActivity(m_began)
{
}

RelayPeer::~RelayPeer() = default;

void RelayPeer::open()
{
    const RelayOptions& options = m_host.options();
    m_host.legs().set(m_id, m_leg);
    m_connector = std::make_unique<Connector>(nullptr);
    QObject::connect(m_connector.get(), &Connector::connected, m_connector.get(), [this] { targetFound(); });
    QObject::connect(m_connector.get(), &Connector::failed, m_connector.get(),
        [this](const Failure& failure) { targetFailed(failure); });
    m_connector->start({ options.targetHost, options.targetPort, options.targetFamily, options.connectTimeout,
        Transport::Udp, options.engine, options.socket });
}

void RelayPeer::targetFound()
{
    m_target = m_connector->takeDatagramSocket();
    m_connector.release()->deleteLater(); // it is who called us
    m_target->setOwner(*this);
    m_target->setReading(true);
    m_leg.state = TargetLeg::State::Open;
    m_leg.local = m_target->local();
    m_leg.peer = m_target->peer();
    m_leg.connectTime = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - m_began);
    m_host.legs().set(m_id, m_leg);
    m_host.recorder().told(m_id,
        QCoreApplication::translate("sockeye::RelayPeer", "Its datagrams go to the target %1 from %2.")
            .arg(m_leg.peer.toString(), m_leg.local.toString()),
        targetOpenedScript(m_id, m_leg));
    flush(m_in);
}

void RelayPeer::targetFailed(const Failure& failure)
{
    m_connector.release()->deleteLater(); // it is who called us
    m_leg.state = TargetLeg::State::Failed;
    m_leg.failure = failure;
    m_host.legs().set(m_id, m_leg);
    m_host.recorder().error(m_id, codeName(failure.code), failure.oneLine(), -1, Leg::Target);
    m_in.waiting.clear();
}

void RelayPeer::received(QByteArrayView datagram)
{
    m_host.recorder().chunk(m_id, Direction::In, datagram);
    came(m_in, datagram);
}

void RelayPeer::came(Passage& passage, QByteArrayView datagram)
{
    m_lastActivity = Clock::now();
    passage.received += datagram.size();
    if (passage.faults.isEmpty()) {
        pass(passage, datagram, passage.received);
    } else if (passage.faults.isFull()) {
        tellLost(passage);
    } else {
        passage.faults.bytes(datagram, FaultTimer::now());
        m_host.wakeAt(passage.faults.due());
    }
}

void RelayPeer::pass(Passage& passage, QByteArrayView datagram, qint64 upTo)
{
    if (passage.direction == Direction::In && m_leg.state == TargetLeg::State::Failed) {
        return; // why was said
    }
    if (passage.waiting.empty()) {
        switch (send(passage, datagram)) {
        case DatagramSocket::Status::Ok:
            passage.toldLost = false;
            if (m_host.options().tellsPassed) {
                m_host.recorder().passed(m_id, passage.direction, upTo);
            }
            return;
        case DatagramSocket::Status::Failed:
            return;
        case DatagramSocket::Status::WouldBlock:
            break;
        }
    }
    if (passage.waiting.size() < mostWaiting) {
        passage.waiting.push_back(datagram.toByteArray());
    } else {
        tellLost(passage);
    }
}

void RelayPeer::tellLost(Passage& passage)
{
    if (!std::exchange(passage.toldLost, true)) {
        m_host.recorder().error(m_id, QLatin1StringView("not-taken"),
            QCoreApplication::translate(
                "sockeye::RelayPeer", "This datagram was lost, as is each further one until there is room for them."),
            -1, passage.direction == Direction::In ? Leg::Target : Leg::Client);
    }
}

DatagramSocket::Status RelayPeer::send(const Passage& passage, QByteArrayView datagram)
{
    DatagramSocket::Status status = DatagramSocket::Status::WouldBlock;
    if (passage.direction == Direction::Out) {
        status = m_host.answer(m_ends, datagram);
        if (status == DatagramSocket::Status::Failed) {
            tellFailed(passage, m_host.sockets().socketOf(m_ends).lastFailure());
        }
    } else if (m_target) {
        status = m_target->send(datagram);
        m_target->setWriting(status == DatagramSocket::Status::WouldBlock);
        if (status == DatagramSocket::Status::Failed) {
            tellFailed(passage, m_target->lastFailure());
        }
    }
    return status;
}

void RelayPeer::tellFailed(const Passage& passage, FailureCode code)
{
    const bool toTarget = passage.direction == Direction::In;
    const SocketAddress& peer = toTarget ? m_leg.peer : m_ends.peer;
    const Failure failure =
        peer.isUnix() ? makeUnixFailure(code, peer.placeText()) : makeFailure(code, peer.toString());
    m_host.recorder().error(m_id, codeName(code), failure.oneLine(), -1, toTarget ? Leg::Target : Leg::Client);
}

void RelayPeer::flush(Passage& passage)
{
    while (!passage.waiting.empty() && send(passage, passage.waiting.front()) != DatagramSocket::Status::WouldBlock) {
        passage.waiting.pop_front();
        if (passage.waiting.empty() && passage.faults.isEmpty() && m_host.options().tellsPassed) {
            m_host.recorder().passed(m_id, passage.direction, passage.received);
        }
    }
}

void RelayPeer::roomForAnswers()
{
    flush(m_out);
}

void RelayPeer::writable()
{
    m_target->setWriting(false);
    flush(m_in);
}

void RelayPeer::readable()
{
    for (int turns = datagramsPerTurn; turns > 0 && m_target->isOpen(); --turns) {
        const std::span<char> room = m_host.scratch();
        const DatagramSocket::Received datagram = m_target->receive(room.data(), static_cast<qsizetype>(room.size()));
        if (datagram.status == DatagramSocket::Status::WouldBlock) {
            return;
        }
        if (datagram.status == DatagramSocket::Status::Failed) {
            tellFailed(m_in, m_target->lastFailure()); // of one that was sent earlier
            continue;
        }
        const QByteArrayView bytes(room.data(), datagram.size);
        m_host.recorder().chunk(m_id, Direction::Out, bytes);
        m_host.recorder().datagramCut(m_id, datagram.cut, Leg::Target);
        m_host.countExchange();
        came(m_out, bytes);
    }
}

void RelayPeer::setFaults(const FaultPlanPtr& plan, FaultTime now)
{
    for (Passage* const passage : { &m_in, &m_out }) {
        passage->faults.set(plan, passage->received, now);
        m_host.wakeAt(passage->faults.due());
    }
}

void RelayPeer::decide(const HoldDecision& decision)
{
    Passage& passage = decision.direction == Direction::In ? m_in : m_out;
    m_lastActivity = Clock::now();
    passage.faults.decide(decision, FaultTimer::now());
    m_host.wakeAt(passage.faults.due());
}

void RelayPeer::insert(Direction direction, const QByteArray& datagram)
{
    const bool can = direction == Direction::Out || m_leg.state != TargetLeg::State::Failed;
    m_host.recorder().note(
        m_id, insertedText(direction, datagram.size(), can), direction == Direction::In ? Leg::Target : Leg::Client);
    if (can) {
        Passage& passage = direction == Direction::In ? m_in : m_out;
        passage.faults.insert(datagram, FaultTimer::now());
        m_host.wakeAt(passage.faults.due());
    }
}

void RelayPeer::wake(FaultTime now)
{
    m_in.faults.wake(now);
    m_out.faults.wake(now);
}

std::optional<FaultTime> RelayPeer::due() const
{
    const auto in = m_in.faults.due();
    const auto out = m_out.faults.due();
    return !in || (out && *out < *in) ? out : in;
}

} // namespace sockeye
