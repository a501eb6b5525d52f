// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/marks/mark.h"

#include <atomic>
#include <map>
#include <mutex>
#include <vector>

namespace sockeye {

/// The marks of a recording, whoever reads it and how. Any thread.
class MarkBook {
public:
    /// So many marks a recording has room for.
    static constexpr std::size_t mostMarks = 10'000;

    /// Sets the mark at its place, or changes it; what is too long of the note is cut. False if there is no room for
    /// another one.
    bool set(MessageMark mark);
    void remove(const StreamPlace& place);
    /// As set(), of a mark that the recording's file has as a comment of the packet whose bytes lie at `packet`: in a
    /// copy of the file, that comment gives way to what is marked then. A byte that is marked already stays as it is.
    bool takeFromFile(const MessageMark& mark, qint64 packet);

    /// The first mark in the `size` bytes from `place` on.
    [[nodiscard]] std::optional<MessageMark> find(const StreamPlace& place, qint64 size) const;
    /// Likewise, but at most so many of them.
    [[nodiscard]] std::vector<MessageMark> findAll(const StreamPlace& place, qint64 size, std::size_t most) const;
    /// All of them by connection, direction, offset.
    [[nodiscard]] std::vector<MessageMark> all() const;
    /// The `packet`s of takeFromFile(), ascending.
    [[nodiscard]] std::vector<qint64> packetsOfFile() const;

    // These cost nothing.
    [[nodiscard]] bool isEmpty() const { return m_size.load(std::memory_order_relaxed) == 0; }
    [[nodiscard]] std::size_t size() const { return m_size.load(std::memory_order_relaxed); }
    /// Another number after each change.
    [[nodiscard]] quint64 revision() const { return m_revision.load(std::memory_order_acquire); }

private:
    struct Kept {
        qint64 time = 0;
        MarkColour colour = MarkColour::Yellow;
        QString note;
    };
    using Marks = std::map<StreamPlace, Kept>;
    [[nodiscard]] static MessageMark toMark(const Marks::value_type& kept);
    void changed(); ///< under the mutex

    mutable std::mutex m_mutex;
    Marks m_marks;
    std::vector<qint64> m_packets; ///< as they came; no more than mostMarks
    std::atomic<std::size_t> m_size { 0 };
    std::atomic<quint64> m_revision { 0 };
};

} // namespace sockeye
