// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/connection_group.h"
#include "app/endpoint/datagram_host.h"
#include "app/endpoint/listener.h"
#include "app/endpoint/room_keeper.h"
#include "app/net/io_threads.h"

#include <QObject>

#include <memory>
#include <vector>

namespace sockeye {

/// A server from one start to the stop after it. Lives in the server's thread; its listener lives in the first I/O
/// thread, one group of connections in each; over UDP a single host stands for all of them. Calls go down queued,
/// signals come up queued.
class ServerRun final : public QObject {
    Q_OBJECT
public:
    ServerRun(IoThreads& threads, const ServerOptions& options, const std::shared_ptr<const Service>& service,
        const std::shared_ptr<Recording>& recording, const std::shared_ptr<std::atomic<quint32>>& lastId,
        const std::shared_ptr<RoomLog>& roomLog);
    ~ServerRun() override; ///< everything is closed at once, in the I/O threads; nobody waits for that

    /// On all of them; over UDP on the first one. Ends in listening() or failed().
    void listen(const QList<QHostAddress>& addresses);
    void finish(); ///< stops accepting, lets what is being written finish; ends in ended()

    [[nodiscard]] bool hasEnded() const { return m_groupsLeft == 0 && !m_hostLeft; }

    void closeConnection(quint32 connection); ///< orderly
    [[nodiscard]] RoomKeeper* room() const { return m_room; } ///< null if the service has none

    /// Has each group of connections do something, in its own thread. There are none over UDP.
    template <typename Action> void tellGroups(Action action)
    {
        for (ConnectionGroup* const group : m_groups) {
            QMetaObject::invokeMethod(
                group, [group, action] { action(*group); }, Qt::QueuedConnection);
        }
    }

    [[nodiscard]] qint64 exchanges() const;

Q_SIGNALS:
    void listening(const sockeye::SocketAddress& address, const std::optional<sockeye::CertificateFacts>& certificate);
    void certified(const std::optional<sockeye::CertificateFacts>& certificate); ///< another one than before
    void failed(const sockeye::Failure& failure);
    void trouble(const sockeye::Failure& failure);
    void ended();

private:
    void makeRoom(IoThreads& threads, const Service& service, const std::shared_ptr<RoomLog>& log);
    void makeGroups(IoThreads& threads, const ServerOptions& options, const std::shared_ptr<const Service>& service,
        const std::shared_ptr<Recording>& recording, const std::shared_ptr<std::atomic<quint32>>& lastId);
    void makeHost(IoThreads& threads, const ServerOptions& options, const std::shared_ptr<const Service>& service,
        const std::shared_ptr<Recording>& recording, const std::shared_ptr<std::atomic<quint32>>& lastId);

    IoThreads::Stay m_stay;
    std::shared_ptr<ServerCounters> m_counters;
    std::vector<ConnectionGroup*> m_groups; ///< each deleted in its own thread
    Listener* m_listener = nullptr; ///< likewise
    std::size_t m_groupsLeft = 0; ///< that have connections, or may get some
    RoomKeeper* m_room = nullptr; ///< likewise
    DatagramHost* m_host = nullptr; ///< likewise; instead of groups and listener
    bool m_hostLeft = false; ///< it has not ended
    bool m_finishing = false;
};

} // namespace sockeye
