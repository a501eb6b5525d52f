// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/recording/rule_hits.h"

#include <algorithm>

namespace sockeye {

void RuleHits::add(quint32 connection, Direction direction, qint64 offset, const QString& rule)
{
    const std::lock_guard lock(m_mutex);
    const bool isFull = m_size.load(std::memory_order_relaxed) >= mostHits;
    auto known = m_places.constFind(rule);
    if (known == m_places.constEnd()) {
        if (isFull) {
            return;
        }
        known = m_places.insert(rule, static_cast<int>(m_titles.size()));
        m_titles.push_back(rule);
        m_counts.push_back(0);
    }
    ++m_counts[static_cast<std::size_t>(*known)];
    if (isFull) {
        return;
    }
    std::vector<Hit>& hits = m_hits[keyOf(connection, direction)];
    if (hits.empty() || hits.back().offset < offset) { // messages are judged in order
        hits.push_back({ offset, *known });
        m_size.fetch_add(1, std::memory_order_relaxed);
    }
}

qint64 RuleHits::count(const QString& rule) const
{
    if (isEmpty()) {
        return 0;
    }
    const std::lock_guard lock(m_mutex);
    const auto place = m_places.constFind(rule);
    return place == m_places.constEnd() ? 0 : m_counts[static_cast<std::size_t>(*place)];
}

QString RuleHits::find(quint32 connection, Direction direction, qint64 offset) const
{
    if (isEmpty()) {
        return {};
    }
    const std::lock_guard lock(m_mutex);
    const auto stream = m_hits.find(keyOf(connection, direction));
    if (stream == m_hits.end()) {
        return {};
    }
    const auto hit = std::ranges::lower_bound(stream->second, offset, {}, &Hit::offset);
    const bool isThere = hit != stream->second.end() && hit->offset == offset;
    return isThere ? m_titles[static_cast<std::size_t>(hit->title)] : QString();
}

} // namespace sockeye
