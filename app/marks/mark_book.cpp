// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/marks/mark_book.h"

#include <algorithm>
#include <utility>

namespace sockeye {

namespace {

/// No half of a character at its end.
QString cut(QString note)
{
    if (note.size() > longestNote) {
        note.truncate(note.at(longestNote - 1).isHighSurrogate() ? longestNote - 1 : longestNote);
    }
    return note;
}

} // namespace

MessageMark MarkBook::toMark(const Marks::value_type& kept)
{
    return { kept.first, kept.second.time, kept.second.colour, kept.second.note };
}

void MarkBook::changed()
{
    m_size.store(m_marks.size(), std::memory_order_relaxed);
    m_revision.fetch_add(1, std::memory_order_release);
}

bool MarkBook::set(MessageMark mark)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_marks.find(mark.place);
    if (found == m_marks.end() && m_marks.size() >= mostMarks) {
        return false;
    }
    m_marks.insert_or_assign(mark.place, Kept { mark.time, mark.colour, cut(std::move(mark.note)) });
    changed();
    return true;
}

void MarkBook::remove(const StreamPlace& place)
{
    const std::lock_guard lock(m_mutex);
    if (m_marks.erase(place) > 0) {
        changed();
    }
}

bool MarkBook::takeFromFile(const MessageMark& mark, qint64 packet)
{
    const std::lock_guard lock(m_mutex);
    if (m_marks.size() >= mostMarks || m_packets.size() >= mostMarks) {
        return false;
    }
    m_marks.try_emplace(mark.place, Kept { mark.time, mark.colour, cut(mark.note) });
    m_packets.push_back(packet);
    changed();
    return true;
}

std::optional<MessageMark> MarkBook::find(const StreamPlace& place, qint64 size) const
{
    const std::vector<MessageMark> found = findAll(place, size, 1);
    return found.empty() ? std::nullopt : std::optional(found.front());
}

std::vector<MessageMark> MarkBook::findAll(const StreamPlace& place, qint64 size, std::size_t most) const
{
    std::vector<MessageMark> found;
    if (isEmpty()) {
        return found;
    }
    const std::lock_guard lock(m_mutex);
    for (auto it = m_marks.lower_bound(place); it != m_marks.end() && found.size() < most; ++it) {
        const StreamPlace& its = it->first;
        if (its.connection != place.connection || its.direction != place.direction
            || its.offset - place.offset >= size) {
            break;
        }
        found.push_back(toMark(*it));
    }
    return found;
}

std::vector<MessageMark> MarkBook::all() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<MessageMark> result;
    result.reserve(m_marks.size());
    std::ranges::transform(m_marks, std::back_inserter(result), &MarkBook::toMark);
    return result;
}

std::vector<qint64> MarkBook::packetsOfFile() const
{
    std::vector<qint64> packets;
    {
        const std::lock_guard lock(m_mutex);
        packets = m_packets;
    }
    std::ranges::sort(packets);
    return packets;
}

} // namespace sockeye
