// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/relay_group.h"

#include "app/tls/tls_context.h"

#include <QTimerEvent>

namespace sockeye {

using namespace std::chrono_literals;

namespace {

/// How often sides that are not read from are looked after.
constexpr int relayCheckInterval = 500; // ms

} // namespace

RelayGroup::RelayGroup(const RelayOptions& options, FaultPlanPtr plan, const std::shared_ptr<Recording>& recording,
    std::shared_ptr<ServerCounters> counters, std::shared_ptr<RelayLegs> legs, int index)
    : StreamGroup(recording, std::move(counters), index)
    , m_options(options)
    , m_plan(std::move(plan))
    , m_legs(std::move(legs))
    , m_scratch(std::make_unique<char[]>(scratchSize))
    , m_passer(options.engine->newPasser())
{
}

RelayGroup::~RelayGroup() = default;

std::shared_ptr<const TlsContext> RelayGroup::targetTls(Failure& failure)
{
    if (m_options.tlsTarget.on && !m_targetTls) {
        const TlsContext::Made made = TlsContext::forClient(m_options.tlsTarget);
        if (made) {
            m_targetTls = *made;
        } else {
            failure = made.error();
        }
    }
    return m_targetTls;
}

void RelayGroup::add(std::unique_ptr<Stream> stream, quint32 id, bool overLimit)
{
    deleteClosed();
    if (!m_checkTimer.isActive()) {
        m_checkTimer.start(relayCheckInterval, this);
    }
    RelayLink& link = *m_links.emplace(id, std::make_unique<RelayLink>(*this, std::move(stream), id)).first->second;
    if (overLimit) {
        link.turnAway();
    } else {
        link.open();
    }
}

void RelayGroup::over(RelayLink& link)
{
    const auto found = m_links.find(link.id());
    if (found == m_links.end()) {
        return;
    }
    if (link.isHolding()) { // until then its messages can be seen
        QMetaObject::invokeMethod(this, &RelayGroup::deleteClosed, Qt::QueuedConnection);
    }
    m_closed.push_back(std::move(found->second));
    m_links.erase(found);
    if (!link.m_overLimit) {
        countExchange();
    }
    oneLess(link.m_overLimit);
}

void RelayGroup::deleteClosed()
{
    m_closed.clear();
}

/// Any of them may end meanwhile.
template <typename Action> void RelayGroup::forEachLink(Action action)
{
    std::vector<RelayLink*> all;
    all.reserve(m_links.size());
    for (const auto& [id, link] : m_links) {
        all.push_back(link.get());
    }
    for (RelayLink* const link : all) { // those that end stay in memory until deleteClosed()
        if (!link->isOver()) {
            action(*link);
        }
    }
}

void RelayGroup::finishConnection(quint32 id)
{
    deleteClosed();
    if (const auto found = m_links.find(id); found != m_links.end()) {
        found->second->closeOrderly();
    }
}

void RelayGroup::resetConnection(quint32 id)
{
    deleteClosed();
    if (const auto found = m_links.find(id); found != m_links.end()) {
        found->second->reset();
    }
}

void RelayGroup::decide(const HoldDecision& decision)
{
    deleteClosed();
    if (const auto found = m_links.find(decision.connection); found != m_links.end()) {
        found->second->decide(decision);
    }
}

void RelayGroup::insert(quint32 connection, Direction direction, const QByteArray& message)
{
    deleteClosed();
    if (const auto found = m_links.find(connection); found != m_links.end()) {
        found->second->insert(direction, message);
    }
}

void RelayGroup::setFaults(const FaultPlanPtr& plan)
{
    deleteClosed();
    m_plan = plan;
    const PlannedFault* const down = m_plan->find(u"down");
    forEachLink([&](RelayLink& link) {
        if (down != nullptr) {
            link.goDown(*down);
        } else {
            link.setFaults(m_plan, FaultTimer::now());
        }
    });
}

void RelayGroup::finishThem(Clock::time_point /*due*/)
{
    deleteClosed();
    forEachLink([](RelayLink& link) { link.finish(); });
}

void RelayGroup::closeThem()
{
    forEachLink([](RelayLink& link) { link.closeNow(); });
    deleteClosed();
    m_wakeTimer.stop();
    m_checkTimer.stop();
}

void RelayGroup::wakeLinks()
{
    const FaultTime time = FaultTimer::now();
    std::optional<FaultTime> next;
    forEachLink([&](RelayLink& link) {
        if (const auto due = link.due(); due && *due <= time) {
            link.wake(time);
        }
        if (const auto due = link.due(); due && !link.isOver() && (!next || *due < *next)) {
            next = due;
        }
    });
    wakeAt(next);
}

void RelayGroup::checkLinks()
{
    if (isOverdue(Clock::now())) {
        forEachLink([](RelayLink& link) { link.closeNow(); });
    } else {
        forEachLink([](RelayLink& link) { link.check(); });
    }
    if (m_links.empty()) {
        m_checkTimer.stop();
    }
}

void RelayGroup::timerEvent(QTimerEvent* event)
{
    deleteClosed();
    if (m_wakeTimer.takes(event)) {
        wakeLinks();
    } else if (event->timerId() == m_checkTimer.timerId()) {
        checkLinks();
    }
}

} // namespace sockeye
