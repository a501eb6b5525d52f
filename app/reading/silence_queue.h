// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

#include <functional>
#include <queue>
#include <unordered_set>
#include <utility>
#include <vector>

namespace sockeye {

/// Connections with messages that silence would end, by when it does: one place each, however much comes. Times are
/// nanoseconds since the epoch.
template <typename Key> class SilenceQueue {
public:
    [[nodiscard]] bool isEmpty() const { return m_due.empty(); }

    /// Silence may say something of `key` at `due`, or later, if more comes.
    void listen(Key key, qint64 due)
    {
        if (m_known.insert(key).second) {
            m_due.emplace(due, key);
        }
    }

    /// Calls `end` with each that may be due by `until`, which ends what is and returns when to ask again, after
    /// `until`; 0: nothing is open. Returns when to call this again; 0: never.
    template <typename End> qint64 tell(qint64 until, End&& end)
    {
        while (!m_due.empty() && m_due.top().first <= until) {
            const Key key = m_due.top().second;
            m_due.pop();
            if (const qint64 next = end(key); next > until) {
                m_due.emplace(next, key);
            } else {
                m_known.erase(key);
            }
        }
        return m_due.empty() ? 0 : m_due.top().first;
    }

private:
    using Due = std::pair<qint64, Key>;
    std::priority_queue<Due, std::vector<Due>, std::greater<>> m_due;
    std::unordered_set<Key> m_known;
};

} // namespace sockeye
