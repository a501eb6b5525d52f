// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/by_hand/sent_report.h"
#include "app/endpoint/room_keeper.h"
#include "app/endpoint/server.h"
#include "app/listening/endpoint_run.h"

#include <memory>
#include <optional>

namespace sockeye {

/// A server from one start to the stop after it: with groups of its connections, or a host of its peers, and the room
/// of its service.
class ServerRun final : public EndpointRun {
    Q_OBJECT
public:
    ServerRun(IoThreads& threads, const ServerOptions& options, const std::shared_ptr<const Service>& service,
        const std::shared_ptr<Recording>& recording, const std::shared_ptr<std::atomic<quint32>>& lastId,
        const std::shared_ptr<RoomLog>& roomLog);

    void setService(const std::shared_ptr<const Service>& service);
    void halfCloseConnection(quint32 connection);
    void setStalled(quint32 connection, bool stalled);
    /// Ends in sentByHand(), unless the run ends before. Only while none is under way: see isSending().
    void sendByHand(const HandSending& sending);
    [[nodiscard]] bool isSending() const { return m_awaited.has_value(); }
    [[nodiscard]] RoomKeeper* room() const { return m_room; } ///< null if the service has none

Q_SIGNALS:
    void sentByHand(quint64 number, const sockeye::SentReport& report);

private:
    void takeReport(quint64 number, const SentReport& part);
    void makeRoom(IoThreads& threads, const Service& service, const std::shared_ptr<RoomLog>& log);

    struct Awaited {
        std::size_t parts; ///< that groups, or the host, have not reported yet
        std::optional<std::size_t> asked; ///< connections; nothing: all
        SentReport report;
    };
    std::optional<Awaited> m_awaited; ///< what is sent by hand
    RoomKeeper* m_room = nullptr; ///< deleted in its own thread, that of the listener
};

} // namespace sockeye
