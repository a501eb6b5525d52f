// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/recording/strike_book.h"

#include <QStringList>

#include <algorithm>

namespace sockeye {

void StrikeBook::add(quint32 connection, Direction direction, qint64 offset, qint64 size, const QString& name)
{
    const std::lock_guard lock(m_mutex);
    auto known = m_places.constFind(name);
    if (known == m_places.constEnd()) {
        if (m_names.size() >= mostNames) {
            return;
        }
        known = m_places.insert(name, static_cast<int>(m_names.size()));
        m_names.push_back(name);
    }
    Tracks& tracks = m_tracks[keyOf(connection, direction)];
    auto track = std::ranges::find(tracks, *known, &Track::name);
    if (track == tracks.end()) {
        track = tracks.insert(tracks.end(), { *known, {} });
    }
    std::vector<Range>& ranges = track->ranges;
    m_strikes.fetch_add(1, std::memory_order_relaxed);
    if (ranges.size() >= mostApart && ranges.back().end >= offset && ranges.back().offset <= offset) {
        ranges.back().end = std::max(ranges.back().end, offset + size);
        return;
    }
    if (m_ranges >= mostRanges) {
        return;
    }
    // Nearly always the last one: bytes come in order, and only some faults change that.
    const auto at = std::ranges::upper_bound(ranges, offset, {}, &Range::offset);
    if (ranges.end() - at > farthestBack) {
        return; // a file that was made to cost time
    }
    ++m_ranges;
    ranges.insert(at, { offset, offset + size });
}

const StrikeBook::Tracks* StrikeBook::tracksOf(quint32 connection, Direction direction) const
{
    const auto found = m_tracks.find(keyOf(connection, direction));
    return found == m_tracks.end() ? nullptr : &found->second;
}

QString StrikeBook::find(quint32 connection, Direction direction, qint64 offset, qint64 size) const
{
    if (isEmpty()) {
        return {};
    }
    const std::lock_guard lock(m_mutex);
    const Tracks* const tracks = tracksOf(connection, direction);
    if (tracks == nullptr) {
        return {};
    }
    QStringList names;
    for (const Track& track : *tracks) {
        auto at = std::ranges::lower_bound(track.ranges, offset + size, {}, &Range::offset);
        constexpr int mostOverlaps = 8; // of ranges of one fault, which is rare
        bool isStruck = false;
        for (int i = 0; i < mostOverlaps && !isStruck && at != track.ranges.begin(); ++i) {
            isStruck = (--at)->end > offset;
        }
        if (isStruck) {
            names.append(nameOf(track));
        }
    }
    return names.join(QStringLiteral(", "));
}

std::vector<StruckRange> StrikeBook::within(
    quint32 connection, Direction direction, qint64 begin, qint64 end, std::size_t most) const
{
    std::vector<StruckRange> out;
    const std::lock_guard lock(m_mutex);
    const Tracks* const tracks = tracksOf(connection, direction);
    if (tracks == nullptr) {
        return out;
    }
    for (const Track& track : *tracks) {
        auto at = std::ranges::lower_bound(track.ranges, begin, {}, &Range::offset);
        if (at != track.ranges.begin() && std::prev(at)->end > begin) {
            --at;
        }
        for (; at != track.ranges.end() && at->offset <= end && out.size() < most; ++at) {
            out.push_back({ at->offset, at->end - at->offset, nameOf(track) });
        }
    }
    return out;
}

} // namespace sockeye
