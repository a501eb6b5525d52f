// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/reading/replay.h"

#include <cstring>

namespace sockeye {

Replay::Replay(const EventLog& events, const StreamTable& streams, const ByteStore& store, EventSink& sink)
    : m_streams(streams)
    , m_sink(sink)
    , m_cursor(events)
    , m_window(store)
{
}

void Replay::goOn(qint64 end, const std::atomic<bool>& cancelled)
{
    while (m_cursor.position() < end && !cancelled.load(std::memory_order_relaxed)) {
        tell(m_cursor.next(m_event));
        m_position.store(m_cursor.position(), std::memory_order_relaxed);
    }
}

void Replay::tell(bool inStream)
{
    if (!m_last || !m_last->connection || m_last->connection->id != m_event.connection) {
        m_last = &m_told[m_event.connection];
        if (!m_last->connection) {
            m_last->connection = m_streams.known(m_event.connection);
        }
    }
    Told& told = *m_last;
    m_event.bytes = {};
    RecordedEvent recorded { m_event, told.connection };
    const bool isPlaced = m_event.kind == EventKind::Chunk || m_event.missing > 0;
    if (told.connection && isPlaced) {
        recorded.offset = told.offsets[static_cast<std::size_t>(m_event.direction)];
    }
    if (inStream && told.connection) {
        takeFromStream(told, recorded);
    }
    m_sink.add(recorded);
}

void Replay::takeFromStream(Told& told, RecordedEvent& recorded)
{
    const auto at = static_cast<std::size_t>(m_event.direction);
    qint64 size = 0;
    m_pieces.clear();
    m_streams.look(*told.connection, m_event.direction, [&](const StreamIndex& stream) {
        told.entries[at] = stream.next(told.entries[at], m_event.time, size, m_pieces);
    });
    told.offsets[at] += size;
    if (m_event.kind != EventKind::Chunk) {
        return;
    }
    m_byteCount += size;
    m_event.bytes = fetch(size);
    if (m_event.bytes.isEmpty()) {
        recorded.lost = size;
    }
}

/// The bytes of m_pieces; none if they cannot be had any more.
QByteArrayView Replay::fetch(qint64 size)
{
    if (m_pieces.size() == 1) {
        const char* const bytes = m_window.at(m_pieces.front().position, size);
        return bytes ? QByteArrayView(bytes, size) : QByteArrayView();
    }
    m_gathered.resize(size);
    char* to = m_gathered.data();
    for (const PayloadPiece& piece : m_pieces) {
        const char* const bytes = m_window.at(piece.position, piece.size);
        if (!bytes) {
            return {};
        }
        std::memcpy(to, bytes, static_cast<std::size_t>(piece.size));
        to += piece.size;
    }
    return m_gathered;
}

} // namespace sockeye
