// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/server_run.h"

#include "app/net/end_there.h"

#include <utility>

namespace sockeye {

using namespace std::chrono_literals;

namespace {

/// How long stop() lets replies that are being written finish.
constexpr auto finishPatience = 2s;

/// What a run leaves behind for the I/O threads to end. Each step is done in the thread of whom it is about, and hands
/// over to the next.
struct Remains {
    IoThreads::Stay stay;
    Listener* listener = nullptr;
    std::vector<ConnectionGroup*> groups;
    RoomKeeper* room = nullptr; ///< null if there is none

    void deleteGroups() const
    {
        for (ConnectionGroup* const group : groups) {
            group->deleteLater();
        }
    }
};

/// It lets go of the groups before they are gone. They have no connections any more, so nothing follows.
void endRoom(const std::shared_ptr<const Remains>& remains)
{
    if (remains->room == nullptr) {
        remains->deleteGroups();
        return;
    }
    QMetaObject::invokeMethod(remains->room, [remains] {
        remains->room->end();
        remains->room->deleteLater();
        remains->deleteGroups();
    });
}

void closeGroups(const std::shared_ptr<const Remains>& remains)
{
    // Goes with the last group that is done with it.
    const std::shared_ptr<void> closed(nullptr, [remains](void*) { endRoom(remains); });
    for (ConnectionGroup* const group : remains->groups) {
        QMetaObject::invokeMethod(group, [group, held = closed] { group->closeAll(); });
    }
}

/// The listener first: it hands connections to the groups.
void endListener(const std::shared_ptr<const Remains>& remains)
{
    QMetaObject::invokeMethod(remains->listener, [remains] {
        remains->listener->end();
        remains->listener->deleteLater();
        closeGroups(remains);
    });
}

} // namespace

ServerRun::ServerRun(IoThreads& threads, const ServerOptions& options, const std::shared_ptr<const Service>& service,
    const std::shared_ptr<Recording>& recording, const std::shared_ptr<std::atomic<quint32>>& lastId,
    const std::shared_ptr<RoomLog>& roomLog)
    : m_stay(threads.stay())
    , m_counters(std::make_shared<ServerCounters>())
{
    if (service->transport() == Transport::Udp) {
        makeHost(threads, options, service, recording, lastId);
    } else {
        makeGroups(threads, options, service, recording, lastId);
        makeRoom(threads, *service, roomLog);
    }
}

void ServerRun::makeRoom(IoThreads& threads, const Service& service, const std::shared_ptr<RoomLog>& log)
{
    std::unique_ptr<Room> room = service.newRoom();
    if (!room) {
        return;
    }
    m_room = new RoomKeeper(std::move(room), log);
    m_room->setGroups(m_groups);
    for (ConnectionGroup* const group : m_groups) {
        group->setRoom(m_room); // nothing has reached its thread yet
    }
    m_room->moveToThread(threads.thread(0));
}

void ServerRun::makeGroups(IoThreads& threads, const ServerOptions& options,
    const std::shared_ptr<const Service>& service, const std::shared_ptr<Recording>& recording,
    const std::shared_ptr<std::atomic<quint32>>& lastId)
{
    for (int i = 0; i < threads.count(); ++i) {
        auto* const group = new ConnectionGroup(options, service, recording, m_counters, i);
        group->moveToThread(threads.thread(i));
        connect(group, &ConnectionGroup::emptied, this, [this] {
            if (--m_groupsLeft == 0) {
                Q_EMIT ended();
            }
        });
        m_groups.push_back(group);
    }
    m_groupsLeft = m_groups.size();
    m_listener = new Listener(options, recording, { m_groups.begin(), m_groups.end() }, m_counters, lastId);
    m_listener->moveToThread(threads.thread(0));
    connect(m_listener, &Listener::listening, this, &ServerRun::listening);
    connect(m_listener, &Listener::certified, this, &ServerRun::certified);
    connect(m_listener, &Listener::failed, this, &ServerRun::failed);
    connect(m_listener, &Listener::trouble, this, &ServerRun::trouble);
    // From thread to thread, so that a stop gets on however busy ours is.
    for (ConnectionGroup* const group : m_groups) {
        connect(m_listener, &Listener::ended, group, [group] { group->finish(finishPatience); });
    }
}

void ServerRun::makeHost(IoThreads& threads, const ServerOptions& options,
    const std::shared_ptr<const Service>& service, const std::shared_ptr<Recording>& recording,
    const std::shared_ptr<std::atomic<quint32>>& lastId)
{
    m_host = new DatagramHost(options, service, recording, lastId);
    // Where listeners live, too: what is started after another one has ended finds its port free.
    m_host->moveToThread(threads.thread(0));
    m_hostLeft = true;
    connect(m_host, &DatagramHost::listening, this,
        [this](const SocketAddress& address) { Q_EMIT listening(address, std::nullopt); });
    connect(m_host, &DatagramHost::failed, this, &ServerRun::failed);
    connect(m_host, &DatagramHost::ended, this, [this] {
        m_hostLeft = false;
        Q_EMIT ended();
    });
}

ServerRun::~ServerRun()
{
    if (m_host != nullptr) {
        m_host->disconnect(this);
        if (hasEnded()) {
            m_host->deleteLater();
        } else {
            endThere(m_host, std::move(m_stay), &DatagramHost::end);
        }
        return;
    }
    m_listener->disconnect(this);
    for (ConnectionGroup* const group : m_groups) {
        group->disconnect(this);
    }
    const auto remains = std::make_shared<const Remains>(Remains { m_stay, m_listener, m_groups, m_room });
    if (hasEnded()) {
        m_listener->deleteLater();
        endRoom(remains);
    } else {
        endListener(remains);
    }
}

void ServerRun::listen(const QList<QHostAddress>& addresses)
{
    if (m_host != nullptr) {
        QMetaObject::invokeMethod(
            m_host, [host = m_host, addresses] { host->begin(addresses); }, Qt::QueuedConnection);
        return;
    }
    QMetaObject::invokeMethod(
        m_listener, [listener = m_listener, addresses] { listener->begin(addresses); }, Qt::QueuedConnection);
}

void ServerRun::finish()
{
    if (m_finishing) {
        return;
    }
    m_finishing = true;
    if (m_host != nullptr) {
        QMetaObject::invokeMethod(m_host, &DatagramHost::end, Qt::QueuedConnection);
    } else {
        QMetaObject::invokeMethod(m_listener, &Listener::end, Qt::QueuedConnection);
    }
}

void ServerRun::closeConnection(quint32 connection)
{
    if (m_host != nullptr) {
        QMetaObject::invokeMethod(
            m_host, [host = m_host, connection] { host->forget(connection); }, Qt::QueuedConnection);
        return;
    }
    tellGroups([connection](ConnectionGroup& group) { group.finishConnection(connection); });
}

qint64 ServerRun::exchanges() const
{
    if (m_host != nullptr) {
        return m_host->exchanges();
    }
    return m_counters->allExchanges();
}

} // namespace sockeye
