// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/hold/hold_desk.h"

namespace sockeye {

quint64 HoldDesk::add(HeldMessage message)
{
    const std::lock_guard lock(m_mutex);
    if (m_messages.size() >= most || (!m_messages.empty() && m_bytes + message.bytes.size() > mostBytes)) {
        return 0;
    }
    message.id = ++m_lastId;
    m_bytes += message.bytes.size();
    ++m_revision;
    m_messages.emplace_hint(m_messages.end(), message.id, std::move(message));
    return m_lastId;
}

void HoldDesk::setDecided(quint64 id)
{
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_messages.find(id); found != m_messages.end()) {
        found->second.isDecided = true;
        ++m_revision;
    }
}

void HoldDesk::remove(quint64 id)
{
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_messages.find(id); found != m_messages.end()) {
        m_bytes -= found->second.bytes.size();
        m_messages.erase(found);
        ++m_revision;
    }
}

std::vector<HeldMessage> HoldDesk::all() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<HeldMessage> result;
    result.reserve(m_messages.size());
    for (const auto& [id, message] : m_messages) {
        result.push_back(message);
    }
    return result;
}

std::optional<HeldMessage> HoldDesk::of(quint64 id) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_messages.find(id);
    return found != m_messages.end() ? std::optional(found->second) : std::nullopt;
}

quint64 HoldDesk::revision() const
{
    const std::lock_guard lock(m_mutex);
    return m_revision;
}

} // namespace sockeye
