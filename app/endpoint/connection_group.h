// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/connection_lists.h"
#include "app/endpoint/outbox.h"
#include "app/endpoint/room_keeper.h"
#include "app/endpoint/server.h"
#include "app/listening/stream_group.h"

#include <QBasicTimer>

#include <memory>
#include <unordered_map>
#include <vector>

namespace sockeye {

/// The connections of a server that live in one I/O thread, and what they share: buffers, the recorder, and one timer
/// for all time-outs. The lists are ordered by last activity, so that only their fronts have to be looked at.
class ConnectionGroup final : public StreamGroup {
    Q_OBJECT
public:
    static constexpr qsizetype scratchSize = 64 * 1024;
    /// How often the peers of connections that are not read from are looked for.
    static constexpr std::chrono::seconds stalledCheck { 1 };
    /// Unsent bytes of all its connections beyond which none is sent anything by hand.
    static constexpr qsizetype mostByHand = 64 * 1024 * 1024;
    static constexpr std::size_t crowd = 1000; ///< so many at once leave memory behind that is worth giving back

    ConnectionGroup(const ServerOptions& options, std::shared_ptr<const Service> service,
        const std::shared_ptr<Recording>& recording, std::shared_ptr<ServerCounters> counters, int index);

    /// Before the group does anything. The room outlives its connections; null for a service that has none.
    void setRoom(RoomKeeper* room) { m_room = room; }

    // From the group's own thread.
    void setService(std::shared_ptr<const Service> service);
    void finishConnection(quint32 id) override;
    void resetConnection(quint32 id) override;
    void halfCloseConnection(quint32 id);
    void setStalled(quint32 id, bool stalled);
    void deliver(const std::vector<RoomDelivery>& deliveries);
    void sendByHand(const HandSending& sending); ///< to those that live here; ends in sentByHand()

    // For its connections.
    [[nodiscard]] const ServerOptions& options() const { return m_options; }
    [[nodiscard]] const Service& service() const { return *m_service; }
    [[nodiscard]] char* scratch() { return m_scratch.get(); } ///< scratchSize bytes for one read
    [[nodiscard]] Frames& frames() { return m_frames; } ///< of one read
    [[nodiscard]] QByteArray& replies() { return m_replies; } ///< to what came in one read
    void hold(Connection& connection, QByteArrayView replies); ///< writes them at the end of the turn
    void sendHeld() { m_outbox.send(); } ///< before anything else happens to a connection
    [[nodiscard]] RoomKeeper* room() { return m_room; }
    void enterRoom(Connection& connection); ///< if there is one
    void leaveRoom(Connection& connection);
    void touch(Connection& connection); ///< something came or went
    void moveTo(Connection& connection, Connection::Phase phase);
    /// A pending answer was fulfilled: its connection goes on from the event loop, with nothing else on the stack.
    void answerIsThere(quint32 id);
    /// Connection::silence() of it after `patience` milliseconds, with the same `received`; 0: never.
    void listenForSilence(quint32 id, int patience, qint64 received);
    void deleteClosed(); ///< not those that are on the stack: called before they do anything

Q_SIGNALS:
    void sentByHand(quint64 number, const sockeye::SentReport& report);

protected:
    bool event(QEvent* event) override;
    void timerEvent(QTimerEvent* event) override;

private:
    using Phase = Connection::Phase;
    using List = ConnectionLists::List;

    void add(std::unique_ptr<Stream> stream, quint32 id, bool overLimit) override;
    void finishThem(Clock::time_point due) override;
    void closeThem() override;
    [[nodiscard]] bool isEmpty() const override { return m_connections.openCount() == 0; }
    void watchTurns();
    [[nodiscard]] Connection* find(quint32 id);
    /// Few are left of very many.
    [[nodiscard]] bool isPastCrowd() const { return m_most >= crowd && m_connections.openCount() < m_most / 8; }
    void armTimer(Clock::time_point deadline);
    void goOn();
    void closeOpen();
    void expire();
    void expireIdle(Clock::time_point now);

    ServerOptions m_options;
    std::shared_ptr<const Service> m_service;
    RoomKeeper* m_room = nullptr;
    std::unordered_map<quint32, Connection*> m_members; ///< of the room, those that live here
    std::unique_ptr<char[]> m_scratch;
    Frames m_frames;
    QByteArray m_replies;
    Outbox m_outbox;
    bool m_watchesTurns = false;
    std::vector<quint32> m_answered; ///< connections whose pending answers are there
    ConnectionLists m_connections;
    std::size_t m_most = 0; ///< open at once since memory was last given back
    QBasicTimer m_timer;
    Clock::time_point m_timerDue;
};

} // namespace sockeye
