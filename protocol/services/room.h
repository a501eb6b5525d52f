// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <vector>

namespace sockeye {

/// Bytes for members of a room.
struct RoomDelivery {
    quint32 member = 0;
    bool toAllOthers = true; ///< to everybody but `member`; false: to `member` alone
    QByteArray bytes;
};

/// Something that happened in a room, for whoever watches it.
struct RoomEvent {
    enum class Kind : quint8 {
        Joined,
        Left,
        Named, ///< `text` is the name before, empty if there was none
        Said, ///< to all others
        Told, ///< by the host to `to` alone
        Lost, ///< `text` says what could not be handed on
    };
    Kind kind = Kind::Said;
    quint32 member = 0;
    quint32 to = 0;
    qint64 time = 0; ///< nanoseconds since the epoch; not the room's business, which has no clock
    QString name; ///< of the member, empty if it has none
    QString text;
};

/// What comes of one thing that happened.
struct RoomOutput {
    std::vector<RoomDelivery> deliveries; ///< in order
    std::vector<RoomEvent> events;
};

/// What the sessions of a service that talk to each other share: one for each run of a server. Pure: no sockets, no
/// threads; whoever owns it sees to it that one thing happens after the other.
class Room {
public:
    static constexpr quint32 host = 0; ///< the server itself, or who sits before its window: always there

    virtual ~Room() = default;
    virtual void join(quint32 member, RoomOutput& out) = 0;
    virtual void leave(quint32 member, RoomOutput& out) = 0;
    /// A whole message of a member, or of the host, for all others. Of one that is not there: nothing.
    virtual void say(quint32 member, QByteArrayView message, RoomOutput& out) = 0;
    /// The host answers one member.
    virtual void tell(quint32 member, QByteArrayView message, RoomOutput& out) = 0;
};

} // namespace sockeye
