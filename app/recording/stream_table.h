// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/events/event.h"
#include "app/recording/stream_index.h"

#include <array>
#include <deque>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace sockeye {

/// A connection as it is recorded.
struct RecordedConnection {
    RecordedConnection(quint32 number, const ConnectionFacts& known)
        : id(number)
        , facts(known)
    {
    }

    const quint32 id;
    const ConnectionFacts facts;
    std::array<StreamIndex, 2> streams; ///< by Direction
};

/// The connections of a recording and their streams: which bytes came when, and where they lie. One thread writes; any
/// may ask.
class StreamTable {
public:
    /// Writer: the connection, or null.
    [[nodiscard]] RecordedConnection* find(quint32 id);
    /// Writer: a new one; `id` is not taken.
    RecordedConnection& add(quint32 id, const ConnectionFacts& facts);
    /// Writer: `apply` adds to streams, seen by readers at once.
    template <typename Change> void change(Change&& apply)
    {
        const std::lock_guard lock(m_mutex);
        apply();
    }
    [[nodiscard]] std::size_t size() const { return m_connections.size(); } ///< writer

    /// The connection, or null; it stays where it is. Streams are to be looked at with look() only.
    [[nodiscard]] const RecordedConnection* known(quint32 id) const;
    [[nodiscard]] std::vector<quint32> ids() const; ///< of all connections, ascending
    /// Looks at a stream under the lock. `see` gets a const StreamIndex& and is quick.
    template <typename See> void look(const RecordedConnection& connection, Direction direction, See&& see) const
    {
        const std::lock_guard lock(m_mutex);
        see(connection.streams[static_cast<std::size_t>(direction)]);
    }

private:
    mutable std::mutex m_mutex;
    std::deque<RecordedConnection> m_connections; ///< addresses stay valid
    std::unordered_map<quint32, RecordedConnection*> m_byId;
    RecordedConnection* m_found = nullptr; ///< by the writer, last
};

} // namespace sockeye
