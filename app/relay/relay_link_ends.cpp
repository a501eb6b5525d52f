// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How a conversation ends from outside: by a user, a fault, the relay's own end, or because a side has gone unseen.

#include "app/relay/relay_group.h"
#include "app/relay/relay_link.h"

#include <utility>

namespace sockeye {

bool RelayLink::isUnderWay() const
{
    const auto holds = [](const Passage& passage) {
        return !passage.isBroken && (!passage.waiting.isEmpty() || (passage.faults && passage.faults->due()));
    };
    return holds(m_in) || holds(m_out);
}

bool RelayLink::isHolding() const
{
    return (m_in.faults && m_in.faults->isHolding()) || (m_out.faults && m_out.faults->isHolding());
}

void RelayLink::finish()
{
    for (Passage* const passage : { &m_in, &m_out }) {
        if (passage->faults) {
            passage->faults->letHeldGo(FaultTimer::now());
            afterFaults(*passage);
        }
    }
    if (m_isOver) {
        return;
    }
    if (isUnderWay()) {
        m_finishes = true;
    } else {
        closeNow();
    }
}

void RelayLink::closeOrderly()
{
    m_connector.reset();
    m_closeBy = Clock::now() + RelayGroup::linger;
    if (m_leg.state == TargetLeg::State::Connecting) {
        m_target.isOver = true;
    }
    for (Side* const side : { &m_client, &m_target }) {
        if (!side->isOver) {
            side->channel.closeOrderly();
        }
    }
    settle();
}

/// A fault ends it: what was let go goes first.
void RelayLink::closeFromFault()
{
    for (Passage* const passage : { &m_in, &m_out }) {
        flush(*passage);
    }
    if (isUnderWay() && !m_finishes) {
        m_finishes = true;
    } else if (!m_isOver) {
        closeNow();
    }
}

void RelayLink::closeNow()
{
    m_connector.reset();
    if (m_leg.state == TargetLeg::State::Connecting) {
        m_target.isOver = true;
    }
    for (Side* const side : { &m_client, &m_target }) {
        if (!side->isOver) {
            side->channel.closeNow();
        }
    }
    settle();
}

void RelayLink::reset()
{
    m_connector.reset();
    if (m_leg.state == TargetLeg::State::Connecting) {
        m_target.isOver = true;
    }
    for (Side* const side : { &m_client, &m_target }) {
        if (!side->isOver) {
            side->channel.reset();
        }
    }
    settle();
}

/// Once our end of stream is out, and where the engine does not tell a reset, a peer that is gone may have ended in
/// order, behind what is not read yet.
bool RelayLink::hasReset(const Channel& channel)
{
    return !channel.hasFinished() && channel.stream().capabilities().tellsReset && channel.stream().peerIsGone();
}

void RelayLink::check()
{
    if (m_closeBy && *m_closeBy <= Clock::now()) {
        closeNow();
        return;
    }
    checkHandshake();
    for (Side* const side : { &m_client, &m_target }) {
        const bool isUnread = side->isReady && !side->channel.peerHasFinished() && !takesMore(passageFrom(*side));
        if (!m_isOver && !side->isOver && isUnread && hasReset(side->channel)) {
            lost(*side, TransferStatus::Reset);
            side->channel.closeNow(CloseKind::ResetByPeer);
        }
    }
}

void RelayLink::goDown(const PlannedFault& fault)
{
    struck(m_in, fault, { m_in.received, 0, { { QStringLiteral("closed"), true } } });
    closeNow();
}

} // namespace sockeye
