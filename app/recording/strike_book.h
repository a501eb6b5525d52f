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

/// Bytes of a stream that a fault has struck.
struct StruckRange {
    qint64 offset = 0;
    qint64 size = 0; ///< 0: the stream itself there, its end or its connection
    QString name; ///< of the fault
};

/// Which bytes of a recording were struck by which faults. Any thread.
class StrikeBook {
public:
    /// So many ranges are kept; then the first ones stay, and further ones are not.
    static constexpr std::size_t mostRanges = 2'000'000;
    /// From so many on, those of a stream and a fault that follow each other without a gap become one.
    static constexpr std::size_t mostApart = 10'000;

    static constexpr std::size_t mostNames = 1'000; ///< of faults
    static constexpr std::ptrdiff_t farthestBack = 10'000; ///< ranges of a stream and a fault that may lie behind

    void add(quint32 connection, Direction direction, qint64 offset, qint64 size, const QString& name);
    /// The names of what struck any of these bytes, "latency, slicer"; empty where nothing did.
    [[nodiscard]] QString find(quint32 connection, Direction direction, qint64 offset, qint64 size) const;
    /// What is in a part of a stream, by fault and then by offset, `most` ranges at the most.
    [[nodiscard]] std::vector<StruckRange> within(
        quint32 connection, Direction direction, qint64 begin, qint64 end, std::size_t most) const;
    [[nodiscard]] std::size_t strikes() const { return m_strikes.load(std::memory_order_relaxed); } ///< only ever grows
    [[nodiscard]] bool isEmpty() const { return strikes() == 0; }

private:
    struct Range {
        qint64 offset = 0;
        qint64 end = 0;
    };
    /// Of one stream and one fault, by offset.
    struct Track {
        int name = 0;
        std::vector<Range> ranges;
    };
    using Tracks = std::vector<Track>; ///< in the order in which they first struck
    static quint64 keyOf(quint32 connection, Direction direction)
    {
        return (static_cast<quint64>(connection) << 1U) | static_cast<quint64>(direction);
    }
    [[nodiscard]] const Tracks* tracksOf(quint32 connection, Direction direction) const; ///< null: none
    [[nodiscard]] const QString& nameOf(const Track& track) const
    {
        return m_names[static_cast<std::size_t>(track.name)];
    }

    mutable std::mutex m_mutex;
    std::unordered_map<quint64, Tracks> m_tracks;
    std::vector<QString> m_names;
    QHash<QString, int> m_places; ///< of names
    std::size_t m_ranges = 0;
    std::atomic<std::size_t> m_strikes { 0 };
};

} // namespace sockeye
