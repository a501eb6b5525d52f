// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/server_run.h"

#include "app/endpoint/connection_group.h"
#include "app/endpoint/datagram_host.h"

#include <utility>

namespace sockeye {

ServerRun::ServerRun(IoThreads& threads, const ServerOptions& options, const std::shared_ptr<const Service>& service,
    const std::shared_ptr<Recording>& recording, const std::shared_ptr<std::atomic<quint32>>& lastId,
    const std::shared_ptr<RoomLog>& roomLog)
    : EndpointRun(threads)
{
    if (service->transport() == Transport::Udp) {
        auto* const host = new DatagramHost(options, service, recording, lastId);
        connect(host, &DatagramHost::sentByHand, this, &ServerRun::takeReport);
        makeHost(threads, host);
    } else {
        makeGroups(
            threads, options, recording, lastId, [&](const std::shared_ptr<ServerCounters>& counters, int index) {
                auto* const group = new ConnectionGroup(options, service, recording, counters, index);
                connect(group, &ConnectionGroup::sentByHand, this, &ServerRun::takeReport);
                return group;
            });
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
    std::vector<ConnectionGroup*> all;
    for (StreamGroup* const each : groups()) {
        auto* const group = static_cast<ConnectionGroup*>(each);
        group->setRoom(m_room); // nothing has reached its thread yet
        all.push_back(group);
    }
    m_room->setGroups(all);
    m_room->moveToThread(threads.thread(0));
    // It lets go of the groups before they are gone.
    setLastly([keeper = m_room] {
        keeper->end();
        keeper->deleteLater();
    });
}

void ServerRun::setService(const std::shared_ptr<const Service>& service)
{
    tellGroups<ConnectionGroup>([service](ConnectionGroup& group) { group.setService(service); });
}

void ServerRun::halfCloseConnection(quint32 connection)
{
    tellGroups<ConnectionGroup>([connection](ConnectionGroup& group) { group.halfCloseConnection(connection); });
}

void ServerRun::setStalled(quint32 connection, bool stalled)
{
    tellGroups<ConnectionGroup>(
        [connection, stalled](ConnectionGroup& group) { group.setStalled(connection, stalled); });
}

void ServerRun::sendByHand(const HandSending& sending)
{
    const std::size_t parts = groups().empty() ? 1 : groups().size();
    const auto asked = sending.to ? std::optional(sending.to->size()) : std::nullopt;
    m_awaited.emplace(Awaited { parts, asked, SentReport(sending.bytes.size()) });
    tellGroups<ConnectionGroup>([sending](ConnectionGroup& group) { group.sendByHand(sending); });
    tellHost<DatagramHost>([sending](DatagramHost& host) { host.sendByHand(sending); });
}

void ServerRun::takeReport(quint64 number, const SentReport& part)
{
    m_awaited->report.add(part);
    if (--m_awaited->parts > 0) {
        return;
    }
    Awaited done = *std::exchange(m_awaited, std::nullopt);
    if (done.asked) {
        const int told = done.report.sent() + done.report.notSent();
        done.report.leave(NotSent::NotThere, static_cast<int>(*done.asked) - told);
    }
    Q_EMIT sentByHand(number, done.report);
}

} // namespace sockeye
