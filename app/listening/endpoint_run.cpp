// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/listening/endpoint_run.h"

#include "app/net/end_there.h"

#include <utility>

namespace sockeye {

using namespace std::chrono_literals;

namespace {

/// How long stop() lets what is being written finish.
constexpr auto finishPatience = 2s;

/// What a run leaves behind for the I/O threads to end. Each step is done in the thread of whom it is about, and hands
/// over to the next.
struct Remains {
    IoThreads::Stay stay;
    Listener* listener = nullptr;
    std::vector<StreamGroup*> groups;
    std::function<void()> lastly;
};

void deleteThem(const std::shared_ptr<const Remains>& remains)
{
    QMetaObject::invokeMethod(remains->listener, [remains] {
        if (remains->lastly) {
            remains->lastly();
        }
        for (StreamGroup* const group : remains->groups) {
            group->deleteLater();
        }
        remains->listener->deleteLater();
    });
}

void closeGroups(const std::shared_ptr<const Remains>& remains)
{
    // Goes with the last group that is done with it.
    const std::shared_ptr<void> closed(nullptr, [remains](void*) { deleteThem(remains); });
    for (StreamGroup* const group : remains->groups) {
        QMetaObject::invokeMethod(group, [group, held = closed] { group->closeAll(); });
    }
}

/// The listener first: it hands connections to the groups.
void endListener(const std::shared_ptr<const Remains>& remains)
{
    QMetaObject::invokeMethod(remains->listener, [remains] {
        remains->listener->end();
        closeGroups(remains);
    });
}

} // namespace

EndpointRun::EndpointRun(IoThreads& threads)
    : m_stay(threads.stay())
    , m_counters(std::make_shared<ServerCounters>())
{
}

void EndpointRun::makeHost(IoThreads& threads, PeerHost* host)
{
    m_host = host;
    // Where listeners live, too: what is started after another one has ended finds its port free.
    m_host->moveToThread(threads.thread(0));
    m_hostLeft = true;
    connect(m_host, &PeerHost::listening, this,
        [this](const SocketAddress& address) { Q_EMIT listening(address, std::nullopt); });
    connect(m_host, &PeerHost::failed, this, &EndpointRun::failed);
    connect(m_host, &PeerHost::ended, this, [this] {
        m_hostLeft = false;
        Q_EMIT ended();
    });
}

void EndpointRun::makeGroups(IoThreads& threads, const ListenOptions& options,
    const std::shared_ptr<Recording>& recording, const std::shared_ptr<std::atomic<quint32>>& lastId,
    const NewGroup& newGroup)
{
    for (int i = 0; i < threads.count(); ++i) {
        StreamGroup* const group = newGroup(m_counters, i);
        group->moveToThread(threads.thread(i));
        connect(group, &StreamGroup::emptied, this, [this] {
            if (--m_groupsLeft == 0) {
                Q_EMIT ended();
            }
        });
        m_groups.push_back(group);
    }
    m_groupsLeft = m_groups.size();
    m_listener = new Listener(options, recording, m_groups, m_counters, lastId);
    m_listener->moveToThread(threads.thread(0));
    connect(m_listener, &Listener::listening, this, &EndpointRun::listening);
    connect(m_listener, &Listener::certified, this, &EndpointRun::certified);
    connect(m_listener, &Listener::failed, this, &EndpointRun::failed);
    connect(m_listener, &Listener::trouble, this, &EndpointRun::trouble);
    // From thread to thread, so that a stop gets on however busy ours is.
    for (StreamGroup* const group : m_groups) {
        connect(m_listener, &Listener::ended, group, [group] { group->finish(finishPatience); });
    }
}

EndpointRun::~EndpointRun()
{
    if (m_host != nullptr) {
        m_host->disconnect(this);
        if (hasEnded()) {
            m_host->deleteLater();
        } else {
            endThere(m_host, std::move(m_stay), &PeerHost::end);
        }
        return;
    }
    m_listener->disconnect(this);
    for (StreamGroup* const group : m_groups) {
        group->disconnect(this);
    }
    const auto remains = std::make_shared<const Remains>(Remains { m_stay, m_listener, m_groups, std::move(m_lastly) });
    if (hasEnded()) {
        deleteThem(remains);
    } else {
        endListener(remains);
    }
}

void EndpointRun::listen(const QList<SocketAddress>& addresses)
{
    tellHost([addresses](PeerHost& host) { host.begin(addresses); });
    tellListener([addresses, down = m_startsDown](Listener& listener) {
        listener.begin(addresses);
        listener.setDown(down);
    });
}

void EndpointRun::finish()
{
    if (std::exchange(m_finishing, true)) {
        return;
    }
    tellHost([](PeerHost& host) { host.end(); });
    tellListener([](Listener& listener) { listener.end(); });
}

void EndpointRun::closeConnection(quint32 connection)
{
    tellHost([connection](PeerHost& host) { host.forget(connection); });
    tellGroups([connection](StreamGroup& group) { group.finishConnection(connection); });
}

void EndpointRun::resetConnection(quint32 connection)
{
    tellHost([connection](PeerHost& host) { host.forget(connection); });
    tellGroups([connection](StreamGroup& group) { group.resetConnection(connection); });
}

qint64 EndpointRun::exchanges() const
{
    return m_host != nullptr ? m_host->exchanges() : m_counters->allExchanges();
}

} // namespace sockeye
