// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/services/room.h"

#include <unordered_map>

namespace sockeye {

/// The room of the chat service (wire protocol §2): a line that one sends goes to all others, byte for byte, with a
/// line feed at its end.
///
/// Names are for those who want them. `/name NAME` gives one; from then on NAME and a colon stand before what this
/// member says, and the others are told of its coming, of another name, and of its going, in lines that begin with a
/// star. Among members without names nothing but their lines goes over the wire.
class ChatRoom final : public Room {
public:
    static constexpr qsizetype maxName = 32; ///< characters

    void join(quint32 member, RoomOutput& out) override;
    void leave(quint32 member, RoomOutput& out) override;
    void say(quint32 member, QByteArrayView message, RoomOutput& out) override;
    void tell(quint32 member, QByteArrayView message, RoomOutput& out) override;

private:
    void giveName(quint32 member, const QString& name, RoomOutput& out);
    [[nodiscard]] QString whyNot(quint32 member, const QString& name) const; ///< empty: the name is good
    [[nodiscard]] QByteArray line(quint32 member, QByteArrayView message) const;

    std::unordered_map<quint32, QString> m_names { { host, QString() } }; ///< of all who are there
};

} // namespace sockeye
