// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/relay_group.h"

#include "app/tls/tls_context.h"

#include <QCoreApplication>
#include <QEvent>
#include <QThread>
#include <QTimerEvent>

#include <algorithm>

namespace sockeye {

using namespace std::chrono_literals;

namespace {

/// How often sides that are not read from are looked after.
constexpr int relayCheckInterval = 500; // ms

const QEvent::Type relayArrivalEvent = static_cast<QEvent::Type>(QEvent::registerEventType());

} // namespace

RelayGroup::RelayGroup(const RelayOptions& options, FaultPlanPtr plan, const std::shared_ptr<Recording>& recording,
    std::shared_ptr<ServerCounters> counters, std::shared_ptr<RelayLegs> legs, int index)
    : m_options(options)
    , m_plan(std::move(plan))
    , m_recorder(recording)
    , m_counters(std::move(counters))
    , m_legs(std::move(legs))
    , m_exchanges(m_counters->exchanges[static_cast<std::size_t>(index) % m_counters->exchanges.size()].count)
    , m_scratch(std::make_unique<char[]>(scratchSize))
{
    // Moves to the thread together with the group.
    m_recorder.setParent(this);
}

RelayGroup::~RelayGroup() = default;

FaultTime RelayGroup::now()
{
    return std::chrono::duration_cast<FaultTime>(Clock::now().time_since_epoch());
}

void RelayGroup::adopt(std::unique_ptr<Stream> stream, quint32 id, bool overLimit)
{
    Arrival arrival { std::move(stream), id, overLimit };
    if (QThread::currentThread() == thread()) {
        add(std::move(arrival));
        return;
    }
    arrival.stream->moveTo(thread());
    bool first = false;
    {
        const std::lock_guard lock(m_mutex);
        first = m_arrivals.empty();
        m_arrivals.push_back(std::move(arrival));
    }
    if (first) {
        QCoreApplication::postEvent(this, new QEvent(relayArrivalEvent), Qt::HighEventPriority);
    }
}

void RelayGroup::setTls(std::shared_ptr<const TlsContext> tls)
{
    const std::lock_guard lock(m_mutex);
    m_tls = std::move(tls);
}

std::shared_ptr<const TlsContext> RelayGroup::tls() const
{
    const std::lock_guard lock(m_mutex);
    return m_tls;
}

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

bool RelayGroup::event(QEvent* event)
{
    if (event->type() == relayArrivalEvent) {
        takeArrivals();
        return true;
    }
    return QObject::event(event);
}

void RelayGroup::takeArrivals()
{
    std::vector<Arrival> arrivals;
    {
        const std::lock_guard lock(m_mutex);
        arrivals.swap(m_arrivals);
    }
    for (Arrival& arrival : arrivals) {
        add(std::move(arrival));
    }
}

void RelayGroup::add(Arrival arrival)
{
    deleteClosed();
    if (m_finishBy) {
        if (!arrival.overLimit) {
            m_counters->connections.fetch_sub(1, std::memory_order_relaxed);
        }
        return;
    }
    if (!m_checkTimer.isActive()) {
        m_checkTimer.start(relayCheckInterval, this);
    }
    RelayLink& link =
        *m_links.emplace(arrival.id, std::make_unique<RelayLink>(*this, std::move(arrival.stream), arrival.id))
             .first->second;
    if (arrival.overLimit) {
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
    m_closed.push_back(std::move(found->second));
    m_links.erase(found);
    if (!link.m_overLimit) {
        m_counters->connections.fetch_sub(1, std::memory_order_relaxed);
        m_exchanges.store(m_exchanges.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    }
    checkEmptied();
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

void RelayGroup::setFaults(const FaultPlanPtr& plan)
{
    deleteClosed();
    m_plan = plan;
    const PlannedFault* const down = m_plan->find(u"down");
    forEachLink([&](RelayLink& link) {
        if (down != nullptr) {
            link.goDown(*down);
        } else {
            link.setFaults(m_plan, now());
        }
    });
}

void RelayGroup::finish(std::chrono::milliseconds patience)
{
    deleteClosed();
    takeArrivals();
    m_finishBy = Clock::now() + patience;
    forEachLink([](RelayLink& link) { link.finish(); });
    checkEmptied();
}

void RelayGroup::closeAll()
{
    m_finishBy = Clock::now();
    takeArrivals();
    forEachLink([](RelayLink& link) { link.closeNow(); });
    deleteClosed();
    m_recorder.flush();
    m_wakeTimer.stop();
    m_checkTimer.stop();
}

void RelayGroup::checkEmptied()
{
    if (m_finishBy && !m_emptied && m_links.empty()) {
        m_emptied = true;
        m_recorder.flush();
        Q_EMIT emptied();
    }
}

void RelayGroup::wakeAt(std::optional<FaultTime> due)
{
    if (!due || (m_wakeDue && *m_wakeDue <= *due)) {
        return;
    }
    m_wakeDue = due;
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(*due - now()).count();
    m_wakeTimer.start(
        static_cast<int>(std::clamp<std::chrono::milliseconds::rep>(wait, 0, 3600 * 1000)), Qt::PreciseTimer, this);
}

void RelayGroup::wakeLinks()
{
    m_wakeDue.reset();
    const FaultTime time = now();
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
    if (m_finishBy && *m_finishBy <= Clock::now()) {
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
    if (event->timerId() == m_wakeTimer.timerId()) {
        m_wakeTimer.stop();
        wakeLinks();
    } else if (event->timerId() == m_checkTimer.timerId()) {
        checkLinks();
    }
}

} // namespace sockeye
