// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/capture/records.h"
#include "app/capture/stream_decoder.h"
#include "app/capture/stream_index.h"

#include <QList>

#include <array>
#include <deque>
#include <mutex>
#include <optional>
#include <unordered_map>

namespace sockeye {

/// The connections of a capture with their streams. One thread writes; any may ask.
class ConnectionTable {
public:
    struct Entry {
        ConnectionRecord record;
        std::array<StreamIndex, 2> streams; ///< by Direction
        quint64 revision = 0;
        Entry* older = nullptr; ///< in the order of their last change
        Entry* newer = nullptr;

        // What only the writer looks at.
        std::array<std::unique_ptr<StreamDecoder>, 2> decoders; ///< by Direction; none for UDP
        std::array<std::optional<ErrorCode>, 2> lastError; ///< of the BadMessage row made last
    };

    /// Writer: the entry, or null.
    [[nodiscard]] Entry* find(quint32 id);
    /// Writer: a new entry; `id` is not taken.
    Entry& add(quint32 id, const ConnectionFacts& facts, qint64 time);
    /// Writer: changes the record or the streams of an entry, seen by readers at once.
    template <typename Change> void change(Entry& entry, Change&& apply)
    {
        const std::lock_guard lock(m_mutex);
        apply(entry);
        touch(entry);
    }

    [[nodiscard]] QList<ConnectionRecord> changedSince(quint64& revision) const;
    [[nodiscard]] std::optional<ConnectionRecord> record(quint32 id) const;
    [[nodiscard]] Transport transportOf(quint32 id) const; ///< Tcp for one that is not there

    /// Looks at a stream under the lock. `look` gets a const StreamIndex& and is quick; not called if there is none.
    template <typename Look> void withStream(quint32 id, Direction direction, Look&& look) const
    {
        const std::lock_guard lock(m_mutex);
        const auto it = m_byId.find(id);
        if (it != m_byId.end()) {
            look(it->second->streams[static_cast<std::size_t>(direction)]);
        }
    }

private:
    void touch(Entry& entry);
    void unlink(Entry& entry);

    mutable std::mutex m_mutex;
    std::deque<Entry> m_entries; ///< addresses stay valid
    std::unordered_map<quint32, Entry*> m_byId;
    Entry* m_oldest = nullptr;
    Entry* m_newest = nullptr;
    mutable quint64 m_revision = 1; ///< what a change now gets; goes up when somebody asks
};

} // namespace sockeye
