// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/reading/connection_table.h"

#include <algorithm>

namespace sockeye {

ConnectionTable::Entry* ConnectionTable::find(quint32 id)
{
    // No lock: only the writer, who asks, changes the table.
    if (!m_found || m_found->record.id != id) {
        const auto it = m_byId.find(id);
        if (it == m_byId.end()) {
            return nullptr;
        }
        m_found = it->second;
    }
    return m_found;
}

ConnectionTable::Entry& ConnectionTable::add(quint32 id, const ConnectionFacts& facts, qint64 time)
{
    const std::lock_guard lock(m_mutex);
    Entry& entry = m_entries.emplace_back();
    entry.record.id = id;
    entry.record.facts = facts;
    entry.record.openedAt = time;
    m_byId.emplace(id, &entry);
    touch(entry);
    return entry;
}

void ConnectionTable::unlink(Entry& entry)
{
    (entry.older ? entry.older->newer : m_oldest) = entry.newer;
    (entry.newer ? entry.newer->older : m_newest) = entry.older;
    entry.older = entry.newer = nullptr;
}

void ConnectionTable::touch(Entry& entry)
{
    if (entry.revision == m_revision) {
        return; // nobody has asked since the last change
    }
    if (entry.revision != 0) {
        unlink(entry);
    }
    entry.revision = m_revision;
    entry.older = m_newest;
    (m_newest ? m_newest->newer : m_oldest) = &entry;
    m_newest = &entry;
}

QList<ConnectionRecord> ConnectionTable::changedSince(quint64& revision) const
{
    QList<ConnectionRecord> result;
    {
        const std::lock_guard lock(m_mutex);
        for (const Entry* entry = m_newest; entry && entry->revision > revision; entry = entry->older) {
            result.append(entry->record);
        }
        revision = m_revision++;
    }
    std::sort(
        result.begin(), result.end(), [](const ConnectionRecord& a, const ConnectionRecord& b) { return a.id < b.id; });
    return result;
}

std::optional<ConnectionRecord> ConnectionTable::record(quint32 id) const
{
    const std::lock_guard lock(m_mutex);
    const auto it = m_byId.find(id);
    if (it == m_byId.end()) {
        return std::nullopt;
    }
    return it->second->record;
}

} // namespace sockeye
