// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/room_log.h"

#include <QObject>

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

namespace sockeye {

class ConnectionGroup;

/// The room of one server, from its start to its stop. Lives in one I/O thread; what happens to the connections of all
/// groups is handed to it, and what comes of it is handed to the groups, in batches that one thread owns at a time.
///
/// Nobody waits for anybody. What is under way from a member to the others is bounded: a line that comes when there is
/// no room for it is lost, and the transcript says how many were.
class RoomKeeper final : public QObject {
    Q_OBJECT
public:
    static constexpr qsizetype maxUnderWay = 8 * 1024 * 1024; ///< bytes

    /// What goes to a group. Alive, it counts against maxUnderWay.
    class Batch {
    public:
        Batch(std::vector<RoomDelivery> deliveries, std::shared_ptr<std::atomic<qsizetype>> underWay);
        ~Batch();
        Batch(const Batch&) = delete;
        Batch& operator=(const Batch&) = delete;
        [[nodiscard]] const std::vector<RoomDelivery>& deliveries() const { return m_deliveries; }

    private:
        std::vector<RoomDelivery> m_deliveries;
        std::shared_ptr<std::atomic<qsizetype>> m_underWay;
        qsizetype m_size = 0;
    };

    RoomKeeper(std::unique_ptr<Room> room, std::shared_ptr<RoomLog> log);

    void setGroups(const std::vector<ConnectionGroup*>& groups); ///< before anything else
    void end(); ///< in its own thread: nothing more happens, and the groups may go

    // From any thread.
    void join(quint32 member);
    void leave(quint32 member);
    void say(quint32 member, QByteArrayView message); ///< Room::host: from the server's own window
    void tell(quint32 member, const QByteArray& message);

protected:
    bool event(QEvent* event) override;

private:
    struct Happening {
        enum class Kind : quint8 { Join, Leave, Say, Tell };
        Kind kind = Kind::Say;
        quint32 member = 0;
        QByteArray message;
    };
    void add(Happening happening);
    void take();

    std::unique_ptr<Room> m_room;
    std::shared_ptr<RoomLog> m_log;
    std::vector<ConnectionGroup*> m_groups;
    std::shared_ptr<std::atomic<qsizetype>> m_underWay;
    std::mutex m_mutex; ///< guards what follows
    std::vector<Happening> m_happenings;
    qint64 m_lost = 0; ///< lines, not told yet
};

} // namespace sockeye
