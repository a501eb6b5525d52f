// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/recording/stream_table.h"

#include <algorithm>

namespace sockeye {

RecordedConnection* StreamTable::find(quint32 id)
{
    // No lock: only the writer, who asks, changes the table.
    if (!m_found || m_found->id != id) {
        const auto it = m_byId.find(id);
        if (it == m_byId.end()) {
            return nullptr;
        }
        m_found = it->second;
    }
    return m_found;
}

RecordedConnection& StreamTable::add(quint32 id, const ConnectionFacts& facts)
{
    const std::lock_guard lock(m_mutex);
    RecordedConnection& connection = m_connections.emplace_back(id, facts);
    m_byId.emplace(id, &connection);
    return connection;
}

const RecordedConnection* StreamTable::known(quint32 id) const
{
    const std::lock_guard lock(m_mutex);
    const auto it = m_byId.find(id);
    return it == m_byId.end() ? nullptr : it->second;
}

std::vector<quint32> StreamTable::ids() const
{
    std::vector<quint32> ids;
    {
        const std::lock_guard lock(m_mutex);
        ids.reserve(m_connections.size());
        for (const RecordedConnection& each : m_connections) {
            ids.push_back(each.id);
        }
    }
    std::ranges::sort(ids);
    return ids;
}

} // namespace sockeye
