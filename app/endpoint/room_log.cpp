// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/room_log.h"

#include "app/events/event.h"

#include <algorithm>

namespace sockeye {

void RoomLog::add(const std::vector<RoomEvent>& events)
{
    const std::lock_guard lock(m_mutex);
    for (const RoomEvent& event : events) {
        m_events.push_back(event);
        m_events.back().time = captureNow();
        m_text += event.text.size();
        ++m_count;
        if (event.member == Room::host) {
            continue;
        }
        if (event.kind == RoomEvent::Kind::Left) {
            m_members.erase(event.member);
            ++m_revision;
        } else if (event.kind == RoomEvent::Kind::Joined || event.kind == RoomEvent::Kind::Named) {
            m_members[event.member] = event.name;
            ++m_revision;
        }
    }
    while (m_events.size() > maxEvents || m_text > maxText) {
        m_text -= m_events.front().text.size();
        m_events.pop_front();
    }
}

std::vector<RoomEvent> RoomLog::eventsSince(quint64& last) const
{
    const std::lock_guard lock(m_mutex);
    const quint64 fresh = std::min<quint64>(m_count - std::min(last, m_count), m_events.size());
    last = m_count;
    return { m_events.end() - static_cast<std::ptrdiff_t>(fresh), m_events.end() };
}

bool RoomLog::membersChanged(quint64& revision, QList<RoomMember>& members) const
{
    const std::lock_guard lock(m_mutex);
    if (revision == m_revision) {
        return false;
    }
    revision = m_revision;
    members.clear();
    for (const auto& [id, name] : m_members) {
        members.append({ id, name });
    }
    return true;
}

} // namespace sockeye
