// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/relay_legs.h"

namespace sockeye {

void RelayLegs::set(quint32 connection, const TargetLeg& leg)
{
    const std::lock_guard lock(m_mutex);
    ++m_revision;
    if (!m_legs.insert_or_assign(connection, leg).second) {
        return;
    }
    m_order.push_back(connection);
    if (m_order.size() > most) {
        m_legs.erase(m_order.front());
        m_order.pop_front();
    }
}

void RelayLegs::close(quint32 connection)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_legs.find(connection);
    if (found != m_legs.end() && found->second.state == TargetLeg::State::Open) {
        found->second.state = TargetLeg::State::Closed;
        ++m_revision;
    }
}

std::optional<TargetLeg> RelayLegs::of(quint32 connection) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_legs.find(connection);
    return found != m_legs.end() ? std::optional(found->second) : std::nullopt;
}

quint64 RelayLegs::revision() const
{
    const std::lock_guard lock(m_mutex);
    return m_revision;
}

} // namespace sockeye
