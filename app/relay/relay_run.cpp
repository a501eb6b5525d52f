// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/relay_run.h"

#include "app/net/end_there.h"

#include <utility>

namespace sockeye {

using namespace std::chrono_literals;

namespace {

/// How long stop() lets what is on its way arrive.
constexpr auto relayPatience = 2s;

/// What a listener asks for, of what a relay has.
ServerOptions listenOptions(const RelayOptions& options)
{
    ServerOptions result;
    result.host = options.host;
    result.ipv6Only = options.ipv6Only;
    result.port = options.port;
    result.maxConnections = options.maxConnections;
    result.backlog = options.backlog;
    result.engine = options.engine;
    result.tls = options.tlsListen;
    return result;
}

} // namespace

RelayRun::RelayRun(IoThreads& threads, const RelayOptions& options, const FaultPlanPtr& plan,
    const std::shared_ptr<Recording>& recording, const std::shared_ptr<std::atomic<quint32>>& lastId,
    const std::shared_ptr<RelayLegs>& legs)
    : m_stay(threads.stay())
    , m_counters(std::make_shared<ServerCounters>())
    , m_startsDown(plan->find(u"down") != nullptr)
{
    if (options.transport == Transport::Udp) {
        makeHost(threads, options, plan, recording, lastId, legs);
    } else {
        makeGroups(threads, options, plan, recording, lastId, legs);
    }
}

void RelayRun::makeHost(IoThreads& threads, const RelayOptions& options, const FaultPlanPtr& plan,
    const std::shared_ptr<Recording>& recording, const std::shared_ptr<std::atomic<quint32>>& lastId,
    const std::shared_ptr<RelayLegs>& legs)
{
    m_host = new RelayHost(options, plan, recording, lastId, legs);
    // Where listeners live, too: what is started after another one has ended finds its port free.
    m_host->moveToThread(threads.thread(0));
    m_hostLeft = true;
    connect(m_host, &RelayHost::listening, this,
        [this](const SocketAddress& address) { Q_EMIT listening(address, std::nullopt); });
    connect(m_host, &RelayHost::failed, this, &RelayRun::failed);
    connect(m_host, &RelayHost::ended, this, [this] {
        m_hostLeft = false;
        Q_EMIT ended();
    });
}

void RelayRun::makeGroups(IoThreads& threads, const RelayOptions& options, const FaultPlanPtr& plan,
    const std::shared_ptr<Recording>& recording, const std::shared_ptr<std::atomic<quint32>>& lastId,
    const std::shared_ptr<RelayLegs>& legs)
{
    for (int i = 0; i < threads.count(); ++i) {
        auto* const group = new RelayGroup(options, plan, recording, m_counters, legs, i);
        group->moveToThread(threads.thread(i));
        connect(group, &RelayGroup::emptied, this, [this] {
            if (--m_groupsLeft == 0) {
                Q_EMIT ended();
            }
        });
        m_groups.push_back(group);
    }
    m_groupsLeft = m_groups.size();
    m_listener =
        new Listener(listenOptions(options), recording, { m_groups.begin(), m_groups.end() }, m_counters, lastId);
    m_listener->moveToThread(threads.thread(0));
    connect(m_listener, &Listener::listening, this, &RelayRun::listening);
    connect(m_listener, &Listener::certified, this, &RelayRun::certified);
    connect(m_listener, &Listener::failed, this, &RelayRun::failed);
    connect(m_listener, &Listener::trouble, this, &RelayRun::trouble);
    // From thread to thread, so that a stop gets on however busy ours is.
    for (RelayGroup* const group : m_groups) {
        connect(m_listener, &Listener::ended, group, [group] { group->finish(relayPatience); });
    }
}

RelayRun::~RelayRun()
{
    if (m_host != nullptr) {
        m_host->disconnect(this);
        if (hasEnded()) {
            m_host->deleteLater();
        } else {
            endThere(m_host, std::move(m_stay), &RelayHost::end);
        }
        return;
    }
    m_listener->disconnect(this);
    for (RelayGroup* const group : m_groups) {
        group->disconnect(this);
    }
    // The listener first: it hands connections to the groups.
    QMetaObject::invokeMethod(
        m_listener, [stay = m_stay, listener = m_listener, groups = m_groups, ended = hasEnded()] {
            if (!ended) {
                listener->end();
            }
            listener->deleteLater();
            for (RelayGroup* const group : groups) {
                endThere(group, stay, &RelayGroup::closeAll);
            }
        });
}

void RelayRun::listen(const QList<QHostAddress>& addresses)
{
    if (m_host != nullptr) {
        QMetaObject::invokeMethod(
            m_host, [host = m_host, addresses] { host->begin(addresses); }, Qt::QueuedConnection);
        return;
    }
    QMetaObject::invokeMethod(
        m_listener,
        [listener = m_listener, addresses, down = m_startsDown] {
            listener->begin(addresses);
            listener->setDown(down);
        },
        Qt::QueuedConnection);
}

void RelayRun::finish()
{
    if (std::exchange(m_finishing, true)) {
        return;
    }
    if (m_host != nullptr) {
        QMetaObject::invokeMethod(m_host, &RelayHost::end, Qt::QueuedConnection);
    } else {
        QMetaObject::invokeMethod(m_listener, &Listener::end, Qt::QueuedConnection);
    }
}

void RelayRun::closeConnection(quint32 connection)
{
    if (m_host != nullptr) {
        QMetaObject::invokeMethod(
            m_host, [host = m_host, connection] { host->forget(connection); }, Qt::QueuedConnection);
        return;
    }
    tellGroups([connection](RelayGroup& group) { group.finishConnection(connection); });
}

void RelayRun::resetConnection(quint32 connection)
{
    if (m_host != nullptr) {
        closeConnection(connection);
        return;
    }
    tellGroups([connection](RelayGroup& group) { group.resetConnection(connection); });
}

void RelayRun::setFaults(const FaultPlanPtr& plan)
{
    if (m_host != nullptr) {
        QMetaObject::invokeMethod(
            m_host, [host = m_host, plan] { host->setFaults(plan); }, Qt::QueuedConnection);
        return;
    }
    const bool down = plan->find(u"down") != nullptr;
    QMetaObject::invokeMethod(
        m_listener, [listener = m_listener, down] { listener->setDown(down); }, Qt::QueuedConnection);
    tellGroups([plan](RelayGroup& group) { group.setFaults(plan); });
}

} // namespace sockeye
