// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/services/room.h"

#include <QList>
#include <QString>

#include <deque>
#include <map>
#include <mutex>

namespace sockeye {

/// Somebody in a room.
struct RoomMember {
    quint32 id = 0;
    QString name; ///< empty: none
    friend bool operator==(const RoomMember&, const RoomMember&) = default;
};

/// What happened in the room of a server lately, and who is there. One thread writes, any may ask. Bounded: of a long
/// talk the latest part stays.
class RoomLog {
public:
    static constexpr std::size_t maxEvents = 10'000;
    static constexpr qsizetype maxText = 4 * 1024 * 1024; ///< characters of all events together

    void add(const std::vector<RoomEvent>& events); ///< at the present time

    /// Events after the one with number `last` (0: all there are), which is set to the latest. What was dropped
    /// meanwhile is missing at the front.
    [[nodiscard]] std::vector<RoomEvent> eventsSince(quint64& last) const;
    /// Without the host, by number. `revision` is set to the present one; none if it is that already.
    [[nodiscard]] bool membersChanged(quint64& revision, QList<RoomMember>& members) const;

private:
    mutable std::mutex m_mutex;
    std::deque<RoomEvent> m_events;
    quint64 m_count = 0; ///< that there ever were
    qsizetype m_text = 0;
    std::map<quint32, QString> m_members;
    quint64 m_revision = 1;
};

} // namespace sockeye
