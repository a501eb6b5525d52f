// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/reading/records.h"
#include "app/reading/stream_decoder.h"

#include <QList>

#include <array>
#include <deque>
#include <mutex>
#include <optional>
#include <unordered_map>

namespace sockeye {

/// The connections of a recording as one protocol sees them. One thread writes; any may ask.
class ConnectionTable {
public:
    struct Entry {
        ConnectionRecord record;
        quint64 revision = 0;
        Entry* older = nullptr; ///< in the order of their last change
        Entry* newer = nullptr;

        // What only the writer looks at.
        std::array<std::unique_ptr<StreamDecoder>, 2> decoders; ///< by Direction; none for UDP
        std::shared_ptr<Dialogue> dialogue; ///< of both, where the protocol has one
        std::array<std::optional<ErrorCode>, 2> lastError; ///< of the BadMessage row made last
    };

    /// Writer: the entry, or null.
    [[nodiscard]] Entry* find(quint32 id);
    /// Writer: a new entry; `id` is not taken.
    Entry& add(quint32 id, const ConnectionFacts& facts, qint64 time);
    /// Writer: changes the record of an entry, seen by readers at once.
    template <typename Change> void change(Entry& entry, Change&& apply)
    {
        const std::lock_guard lock(m_mutex);
        apply(entry);
        touch(entry);
    }

    [[nodiscard]] QList<ConnectionRecord> changedSince(quint64& revision) const;
    [[nodiscard]] std::optional<ConnectionRecord> record(quint32 id) const;

private:
    void touch(Entry& entry);
    void unlink(Entry& entry);

    mutable std::mutex m_mutex;
    std::deque<Entry> m_entries; ///< addresses stay valid
    std::unordered_map<quint32, Entry*> m_byId;
    Entry* m_found = nullptr; ///< by the writer, last
    Entry* m_oldest = nullptr;
    Entry* m_newest = nullptr;
    mutable quint64 m_revision = 1; ///< what a change now gets; goes up when somebody asks
};

} // namespace sockeye
