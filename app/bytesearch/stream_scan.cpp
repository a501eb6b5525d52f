// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/bytesearch/stream_scan.h"

#include "app/recording/stream_table.h"

#include <algorithm>
#include <utility>

namespace sockeye {

namespace {

quint64 keyOf(quint32 connection, Direction direction)
{
    return (quint64 { connection } << 1) | static_cast<quint64>(direction);
}

StreamPlace placeOf(quint64 key)
{
    return { static_cast<quint32>(key >> 1), static_cast<Direction>(key & 1), 0 };
}

} // namespace

StreamScan::StreamScan(ByteNeedle needle, Found found)
    : m_matcher(std::move(needle))
    , m_found(std::move(found))
{
}

/// A new one begins there.
StreamScan::Stream& StreamScan::streamAt(const StreamPlace& place)
{
    const quint64 key = keyOf(place.connection, place.direction);
    if (m_last != nullptr && m_lastKey == key) {
        return *m_last;
    }
    const auto [at, isNew] = m_streams.try_emplace(key, Stream { ByteFinder(m_matcher) });
    if (isNew) {
        at->second.finder.begin(place.offset);
        bound();
    }
    m_lastKey = key;
    m_last = &at->second;
    return at->second;
}

void StreamScan::bound()
{
    const auto each = mostHeld / (2 * static_cast<qsizetype>(m_streams.size()));
    m_matcher.setReach(std::clamp(each, leastReach, ByteNeedle::longestMatch));
}

void StreamScan::look(ByteFinder& finder, const StreamPlace& at, QByteArrayView bytes, bool isLast)
{
    (void)finder.add(bytes, isLast, [&](qint64 offset, qsizetype) {
        return m_found({ at.connection, at.direction, offset });
    });
}

void StreamScan::add(const RecordedEvent& recorded)
{
    const CaptureEvent& event = recorded.event;
    if (recorded.connection == nullptr) {
        return;
    }
    const StreamPlace at { event.connection, event.direction, recorded.offset };
    const bool isDatagram = recorded.connection->facts.transport == Transport::Udp;
    if (event.kind == EventKind::Closed) {
        end(event.connection, Direction::In);
        end(event.connection, Direction::Out);
    } else if (event.kind == EventKind::Finished || event.missing + recorded.lost > 0) {
        end(event.connection, event.direction); // nothing goes across what is missing
    } else if (event.kind == EventKind::Chunk && !event.bytes.isEmpty()) {
        Stream& stream = streamAt(at);
        if (isDatagram) {
            stream.finder.begin(at.offset);
        } else if (m_matcher.needle().isPattern() && !std::exchange(stream.isChanged, true)) {
            m_changed.push_back(m_lastKey);
        }
        look(stream.finder, at, event.bytes, isDatagram);
        m_bytes.fetch_add(event.bytes.size(), std::memory_order_relaxed);
    }
}

/// What comes in it later has nothing to do with what came.
void StreamScan::end(quint32 connection, Direction direction)
{
    const auto found = m_streams.find(keyOf(connection, direction));
    if (found != m_streams.end()) {
        look(found->second.finder, { connection, direction, 0 }, {}, true);
        m_streams.erase(found);
        m_last = nullptr;
    }
}

void StreamScan::lookSoFar(bool isLast)
{
    for (const quint64 key : std::exchange(m_changed, {})) {
        const auto found = m_streams.find(key);
        if (found == m_streams.end() || !std::exchange(found->second.isChanged, false)) {
            continue;
        }
        const StreamPlace at = placeOf(key);
        if (isLast) {
            look(found->second.finder, at, {}, true);
        } else {
            (void)found->second.finder.lookSoFar([&](qint64 offset, qsizetype) {
                return m_found({ at.connection, at.direction, offset });
            });
        }
    }
}

} // namespace sockeye
