// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/relay_link.h"

#include "app/relay/hold_words.h"
#include "app/relay/relay_group.h"
#include "app/relay/relay_script.h"
#include "app/relay/rule_script.h"
#include "app/tls/tls_context.h"

#include <QCoreApplication>

#include <utility>

namespace sockeye {

namespace {

/// What a client may say before its target is there, in bytes.
constexpr qsizetype mostBefore = 256 * 1024;
/// Bytes that wait for a client or a target; more than one read of the other one, so it is answers by rules.
constexpr qsizetype mostAnswers = 1024 * 1024;

QString nameOfSide(Leg leg)
{
    return leg == Leg::Client ? QCoreApplication::translate("sockeye::RelayLink", "The client")
                              : QCoreApplication::translate("sockeye::RelayLink", "The target");
}

} // namespace

RelayLink::Side::Side(RelayLink& link, Recorder& recorder, quint32 id, Leg itsLeg)
    : m_link(link)
    , channel(*this, recorder, id, itsLeg)
    , leg(itsLeg)
{
}

void RelayLink::Side::awake()
{
    m_link.m_group.deleteClosed();
}

std::span<char> RelayLink::Side::room()
{
    return m_link.m_group.scratch();
}

RelayLink::Passage::Passage(RelayLink& link, Side& source, Side& sink, Direction itsDirection)
    : m_link(link)
    , from(source)
    , to(sink)
    , direction(itsDirection)
{
}

void RelayLink::Passage::judged(qint64 offset, qint64 size, const rules::Verdict& verdict)
{
    recordVerdict(m_link.m_group.recorder(), m_link.m_id, direction, offset, size, verdict);
}

RelayLink::RelayLink(RelayGroup& group, std::unique_ptr<Stream> client, quint32 id)
    : m_group(group)
    , m_id(id)
    , m_client(*this, group.recorder(), id, Leg::Client)
    , m_target(*this, group.recorder(), id, Leg::Target)
    , m_in(*this, m_client, m_target, Direction::In)
    , m_out(*this, m_target, m_client, Direction::Out)
    , m_began(Clock::now())
{
    m_client.channel.adopt(std::move(client));
}

RelayLink::~RelayLink() = default;

void RelayLink::open()
{
    const std::shared_ptr<const TlsContext> tls = m_group.tls();
    m_client.channel.open(false, tls);
    const Stream& client = m_client.channel.stream();
    m_facts = { Transport::Tcp, client.local(), client.peer(), false, false, tls != nullptr };
    m_client.isReady = !tls;
    m_group.legs().set(m_id, m_leg);
    setFaults(m_group.plan(), FaultTimer::now());
    if (!m_isOver && connectsNow()) {
        connectToTarget();
    }
    updateReading(m_in);
}

void RelayLink::turnAway()
{
    m_overLimit = true;
    m_client.channel.recordOpened(false, m_group.tls() != nullptr);
    const Failure failure =
        makeFailure(FailureCode::TooManyConnections, QCoreApplication::translate("sockeye::RelayLink", "The relay"));
    m_group.recorder().error(m_id, codeName(failure.code), failure.oneLine(), -1, Leg::Client);
    m_target.isOver = true;
    closeOrderly();
}

RelayLink::Passage& RelayLink::passageFrom(const Side& side)
{
    return side.leg == Leg::Client ? m_in : m_out;
}

RelayLink::Passage& RelayLink::passageTo(const Side& side)
{
    return side.leg == Leg::Client ? m_out : m_in;
}

/// It can be written to, and what waits for it goes.
void RelayLink::ready(Side& side)
{
    side.isReady = true;
    flush(passageTo(side));
    if (!m_isOver) {
        updateReading(passageFrom(side));
    }
}

/// A rule's answer goes where what comes the other way goes, behind what waits there.
void RelayLink::answerByRule(Passage& passage, QByteArrayView bytes)
{
    Passage& back = passageTo(passage.from);
    send(back, bytes, back.upTo);
    updateReading(back);
}

bool RelayLink::Passage::answersWait() const
{
    return m_link.passageTo(from).waiting.size() >= mostAnswers;
}

/// There is room for answers to messages of the passage again.
void RelayLink::goOnAnswering(Passage& passage)
{
    if (!m_isOver && passage.faults) {
        passage.faults->wake(FaultTimer::now());
        afterFaults(passage);
    }
}

void RelayLink::writable(Side& to)
{
    flush(passageTo(to));
}

void RelayLink::flush(Passage& passage)
{
    if (!passage.to.isReady || passage.isBroken) {
        return;
    }
    if (!passage.waiting.isEmpty()) {
        Passage& opposite = passageFrom(passage.to);
        const bool answersWaited = opposite.answersWait();
        const qsizetype sent = passage.to.channel.write(passage.waiting.view());
        if (sent < 0) {
            passage.isBroken = true;
            passage.waiting.clear();
            return;
        }
        passage.waiting.discard(sent);
        if (answersWaited && !opposite.answersWait()) {
            goOnAnswering(opposite);
            if (m_isOver) {
                return;
            }
        }
        if (!passage.waiting.isEmpty()) {
            return;
        }
    }
    tellPassed(passage);
    if (passage.isEnded && !std::exchange(passage.toldEnd, true)) {
        finish(passage);
    }
    if (!m_isOver) {
        updateReading(passage);
        if (m_finishes && !isUnderWay()) {
            closeNow();
        }
    }
}

/// Its end of stream has arrived where it goes.
void RelayLink::finish(Passage& passage)
{
    if (!passage.to.channel.stream().capabilities().halfClose && !passage.to.channel.peerHasFinished()) {
        m_group.recorder().note(m_id,
            QCoreApplication::translate("sockeye::RelayLink",
                "%1 has sent its end of stream. This engine cannot end one direction alone: the whole conversation was "
                "closed. The native engine can.")
                .arg(nameOfSide(passage.from.leg)),
            passage.from.leg);
        closeOrderly();
        return;
    }
    passage.to.channel.finish();
    closeIfDone(passage.to);
    closeIfDone(passage.from);
}

void RelayLink::peerFinished(Side& from)
{
    Passage& passage = passageFrom(from);
    if (passage.faults && !passage.faults->isEmpty()) {
        passage.faults->end(FaultTimer::now());
        m_group.wakeAt(passage.faults->due());
    } else {
        sendEnd(passage);
    }
    if (!m_isOver && m_isBlackhole) {
        closeOrderly(); // it would never be told anything
    } else if (!m_isOver) {
        closeIfDone(from);
    }
}

void RelayLink::sendEnd(Passage& passage)
{
    passage.isEnded = true;
    flush(passage);
}

/// Both of its directions are.
void RelayLink::closeIfDone(Side& side)
{
    if (!side.isOver && side.isReady && side.channel.peerHasFinished() && side.channel.hasFinished()) {
        side.channel.closeOrderly();
    }
}

void RelayLink::lost(Side& side, TransferStatus status)
{
    // With a target that was reached, but not agreed with: by TLS.
    const bool isHandshake = side.leg == Leg::Target && !side.isReady && m_group.options().tlsTarget.on;
    const Failure failure =
        side.channel.stream().failure(status, isHandshake ? m_group.options().targetHost : nameOfSide(side.leg));
    tellLost(side, failure, isHandshake);
}

void RelayLink::tellLost(Side& side, const Failure& failure, bool isHandshake)
{
    if (isHandshake) {
        m_leg.state = TargetLeg::State::Failed;
        m_leg.failure = failure;
        m_group.legs().set(m_id, m_leg);
    }
    m_group.recorder().error(m_id, codeName(failure.code), failure.oneLine(), -1, side.leg);
}

void RelayLink::ended(Side& side, CloseKind kind)
{
    side.isOver = true;
    side.isReady = false;
    Passage& to = passageTo(side);
    to.isBroken = true;
    to.waiting.clear();
    if (m_closeKind == CloseKind::Orderly) {
        m_closeKind = kind;
    }
    if (kind != CloseKind::Orderly) {
        m_connector.reset();
        Side& other = passageFrom(side).to;
        if (m_leg.state == TargetLeg::State::Connecting) {
            m_target.isOver = true;
        }
        if (!other.isOver) {
            Passage& behind = passageFrom(side);
            behind.resetsBehind = behind.faults && behind.faults->isHolding() && other.isReady && !m_finishes;
            if (!behind.resetsBehind) {
                other.channel.reset();
            }
        }
    }
    settle();
}

void RelayLink::settle()
{
    if (!m_client.isOver || !m_target.isOver || std::exchange(m_isOver, true)) {
        return;
    }
    if (isHolding()) {
        m_group.recorder().note(m_id,
            QCoreApplication::translate("sockeye::RelayLink", "What was held is lost: the conversation has ended."));
    }
    m_group.recorder().closed(m_id, m_closeKind);
    m_group.legs().close(m_id);
    m_group.over(*this);
}

void RelayLink::updateReading(Passage& passage)
{
    if (!m_isOver && passage.from.channel.isOpen()) {
        passage.from.channel.setReading(!passage.from.isReady || takesMore(passage)); // a handshake reads, too
    }
}

bool RelayLink::takesMore(const Passage& passage)
{
    const qsizetype most = passage.to.isReady ? 0 : mostBefore;
    return !passage.isBroken && passage.waiting.size() <= most && !(passage.faults && passage.faults->isFull());
}

void RelayLink::setFaults(const FaultPlanPtr& plan, FaultTime now)
{
    for (Passage* const passage : { &m_in, &m_out }) {
        if (!passage->faults && plan->isEmpty()) {
            continue;
        }
        if (!passage->faults) {
            passage->faults = std::make_unique<FaultChain>(*passage, m_id, passage->direction, m_facts);
        }
        passage->faults->set(plan, passage->received, now);
        afterFaults(*passage);
    }
}

void RelayLink::wake(FaultTime now)
{
    if (m_connectAt && *m_connectAt <= now) {
        m_connectAt.reset();
        connectToTarget();
    }
    for (Passage* const passage : { &m_in, &m_out }) {
        if (!m_isOver && passage->faults) {
            passage->faults->wake(now);
            afterFaults(*passage);
        }
    }
    if (!m_isOver && m_finishes && !isUnderWay()) {
        closeNow();
    }
}

void RelayLink::decide(const HoldDecision& decision)
{
    Passage& passage = decision.direction == Direction::In ? m_in : m_out;
    if (passage.faults) {
        passage.faults->decide(decision, FaultTimer::now());
        afterFaults(passage);
    }
}

/// They may have let something go, or have room again.
void RelayLink::afterFaults(Passage& passage)
{
    m_group.wakeAt(passage.faults->due());
    if (!m_isOver && passage.resetsBehind && !passage.faults->isHolding()) {
        passage.resetsBehind = false;
        passage.to.channel.reset();
    }
    if (!m_isOver) {
        updateReading(passage);
    }
}

void RelayLink::insert(Direction direction, const QByteArray& message)
{
    Passage& passage = direction == Direction::In ? m_in : m_out;
    const bool can = !m_isOver && !passage.isBroken && !passage.isEnded;
    m_group.recorder().note(
        m_id, insertedText(direction, message.size(), can), direction == Direction::In ? Leg::Target : Leg::Client);
    if (!can) {
        return;
    }
    if (passage.faults && !passage.faults->isEmpty()) {
        passage.faults->insert(message, FaultTimer::now());
        m_group.wakeAt(passage.faults->due());
    } else {
        send(passage, message, passage.upTo);
    }
    if (!m_isOver) {
        updateReading(passage);
    }
}

void RelayLink::tellHeld(const Passage& passage, const FaultStrike& strike)
{
    m_group.recorder().told(
        m_id, heldText(passage.direction, strike), strikeScript(m_id, passage.direction, holdAsFault(), strike));
}

std::optional<FaultTime> RelayLink::due() const
{
    std::optional<FaultTime> first = m_connectAt;
    for (const Passage* const passage : { &m_in, &m_out }) {
        const auto its = passage->faults ? passage->faults->due() : std::nullopt;
        first = its && (!first || *its < *first) ? its : first;
    }
    return first;
}

void RelayLink::struck(const Passage& passage, const PlannedFault& fault, const FaultStrike& strike)
{
    recordStrike(m_group.recorder(), m_id, passage.direction, fault, strike);
}

} // namespace sockeye
