// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/events/event.h"

#include <QHash>
#include <QString>

#include <atomic>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace sockeye {

/// Which messages of a recording met which rules, by the place of their first byte: 16 bytes each. Any thread.
class RuleHits {
public:
    /// So many are kept; then the first ones stay, and further ones are not.
    static constexpr std::size_t mostHits = 4'000'000;

    void add(quint32 connection, Direction direction, qint64 offset, const QString& rule);
    /// The title of the rule; null where the message met none.
    [[nodiscard]] QString find(quint32 connection, Direction direction, qint64 offset) const;
    /// How many messages met the rule of that title so far; goes on where mostHits are kept.
    [[nodiscard]] qint64 count(const QString& rule) const;
    [[nodiscard]] std::size_t size() const { return m_size.load(std::memory_order_relaxed); } ///< only ever grows
    [[nodiscard]] bool isEmpty() const { return m_size.load(std::memory_order_relaxed) == 0; }

private:
    struct Hit {
        qint64 offset = 0;
        int title = 0;
    };
    static quint64 keyOf(quint32 connection, Direction direction)
    {
        return (static_cast<quint64>(connection) << 1U) | static_cast<quint64>(direction);
    }

    mutable std::mutex m_mutex;
    std::unordered_map<quint64, std::vector<Hit>> m_hits; ///< of each stream, by offset
    std::vector<QString> m_titles;
    std::vector<qint64> m_counts; ///< one for each title
    QHash<QString, int> m_places; ///< of titles
    std::atomic<std::size_t> m_size { 0 };
};

} // namespace sockeye
