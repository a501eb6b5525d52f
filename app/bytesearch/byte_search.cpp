// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/bytesearch/byte_search.h"

#include "app/bytesearch/byte_finder.h"
#include "app/reading/capture.h"
#include "app/reading/place_rows.h"
#include "app/recording/stream_index.h"
#include "app/recording/stream_reader.h"

#include <algorithm>
#include <limits>

namespace sockeye {

namespace {

// Large enough that finding, not asking, is what takes the time; small enough for the processor's cache.
constexpr qint64 pieceSize = 256 * 1024;
constexpr quint32 outBit = 0x80000000;
constexpr quint32 noRow = std::numeric_limits<quint32>::max();
constexpr qint64 shownBefore = 8;
constexpr qint64 shownOfMatch = 24;
constexpr qint64 shownAfter = 12;

StreamCall callOf(const Capture& capture, const StreamPlace& place)
{
    StreamCall call;
    capture.look(place.connection, place.direction, [&](const StreamIndex& stream) {
        if (place.offset < stream.size()) {
            call = stream.callAt(place.offset);
        }
    });
    return call;
}

qint64 sizeOf(const Capture& capture, quint32 connection, Direction direction)
{
    qint64 size = 0;
    capture.look(connection, direction, [&size](const StreamIndex& stream) { size = stream.size(); });
    return size;
}

} // namespace

ByteSearch::ByteSearch(std::shared_ptr<Capture> capture, ByteNeedle needle, qsizetype most)
    : m_capture(std::move(capture))
    , m_needle(std::move(needle))
    , m_most(most)
    , m_there(m_capture->byteCount())
{
}

ByteSearch::~ByteSearch() = default;

void ByteSearch::run()
{
    {
        StreamReader reader(*m_capture);
        ByteFinder finder(m_needle);
        for (const quint32 connection : m_capture->connectionIds()) {
            for (const Direction direction : { Direction::In, Direction::Out }) {
                if (!m_stop.load(std::memory_order_relaxed)) {
                    lookAt(reader, finder, connection, direction);
                }
            }
        }
    }
    m_hits.publish();
    findRows();
    m_state.store(m_kept > m_most ? State::Full : m_stop.load() ? State::Stopped : State::Over);
}

void ByteSearch::lookAt(StreamReader& reader, ByteFinder& finder, quint32 connection, Direction direction)
{
    const qint64 end = sizeOf(*m_capture, connection, direction); // what comes later is not looked at
    if (m_capture->factsOf(connection).transport == Transport::Udp) {
        lookAtDatagrams(reader, finder, connection, direction, end);
    } else {
        lookAtStream(reader, finder, connection, direction, end);
    }
    m_hits.publish();
}

void ByteSearch::lookAtStream(
    StreamReader& reader, ByteFinder& finder, quint32 connection, Direction direction, qint64 end)
{
    const ByteFinder::Found found = [&](qint64 offset, qsizetype) { return keep({ connection, direction, offset }); };
    finder.begin(0);
    for (qint64 offset = 0; offset < end && !m_stop.load(std::memory_order_relaxed);) {
        const QByteArrayView bytes = reader.read(connection, direction, offset, std::min(pieceSize, end - offset));
        offset += bytes.size();
        m_looked.fetch_add(bytes.size(), std::memory_order_relaxed);
        const bool isGap = bytes.isEmpty();
        if (!finder.add(bytes, isGap || offset >= end, found)) {
            return;
        }
        if (isGap) { // nothing goes across it
            const StreamCall lost = callOf(*m_capture, { connection, direction, offset });
            offset = std::max(offset + 1, lost.offset + lost.size);
            finder.begin(offset);
        }
        m_hits.publish();
    }
}

void ByteSearch::lookAtDatagrams(
    StreamReader& reader, ByteFinder& finder, quint32 connection, Direction direction, qint64 end)
{
    const ByteFinder::Found found = [&](qint64 offset, qsizetype) { return keep({ connection, direction, offset }); };
    for (qint64 offset = 0; offset < end && !m_stop.load(std::memory_order_relaxed);) {
        const StreamCall call = callOf(*m_capture, { connection, direction, offset });
        const QByteArrayView bytes = reader.read(connection, direction, offset, call.size);
        m_looked.fetch_add(bytes.size(), std::memory_order_relaxed);
        finder.begin(offset);
        if (!finder.add(bytes, true, found)) {
            return;
        }
        offset = std::max(offset + 1, call.offset + call.size);
    }
}

bool ByteSearch::keep(const StreamPlace& place)
{
    if (++m_kept > m_most) {
        m_stop.store(true);
        return false;
    }
    const auto offset = static_cast<quint64>(place.offset);
    m_hits.append(
        { place.connection, static_cast<quint32>(offset >> 32) | (place.direction == Direction::Out ? outBit : 0),
            static_cast<quint32>(offset) });
    return true;
}

StreamPlace ByteSearch::hit(qsizetype i) const
{
    const Hit kept = m_hits.at(i);
    return { kept.connection, (kept.high & outBit) != 0 ? Direction::Out : Direction::In,
        static_cast<qint64>((quint64 { kept.high & ~outBit } << 32) | kept.low) };
}

void ByteSearch::findRows()
{
    std::vector<StreamPlace> places;
    places.reserve(static_cast<std::size_t>(m_hits.count()));
    for (qsizetype i = 0; i < m_hits.count(); ++i) {
        places.push_back(hit(i));
    }
    const std::vector<qsizetype> rows = rowsOf(*m_capture, places, [this] { return m_isAbandoned.load(); });
    m_rows.reserve(rows.size());
    for (const qsizetype row : rows) {
        m_rows.push_back(row < 0 ? noRow : static_cast<quint32>(row));
    }
    m_hasRows.store(true, std::memory_order_release);
}

qsizetype ByteSearch::rowOf(qsizetype i) const
{
    const quint32 row = hasRows() ? m_rows.at(static_cast<std::size_t>(i)) : noRow;
    return row == noRow ? -1 : static_cast<qsizetype>(row);
}

ByteHitDetail detailOf(const Capture& capture, const ByteNeedle& needle, const StreamPlace& place)
{
    const StreamCall call = callOf(capture, place);
    const bool isDatagram = capture.factsOf(place.connection).transport == Transport::Udp;
    const auto read = [&](qint64 from, qint64 to) {
        if (isDatagram) {
            from = std::max(from, call.offset);
            to = std::min(to, call.offset + call.size);
        }
        from = std::max<qint64>(from, 0);
        return capture.read(place.connection, place.direction, from, std::max<qint64>(to - from, 0));
    };
    ByteHitDetail detail;
    detail.time = call.time;
    detail.before = read(place.offset - shownBefore, place.offset);
    const QByteArray bytes = read(place.offset, place.offset + needle.longest() + shownAfter);
    detail.size = needle.bytes().size();
    if (needle.isPattern()) {
        const filter::Pattern::Match match =
            needle.pattern().findInBytes(QByteArray(detail.before + bytes), detail.before.size());
        detail.size = match.offset == detail.before.size() ? std::min(match.size, ByteNeedle::longestMatch) : 0;
    }
    detail.match = bytes.first(std::min({ detail.size, shownOfMatch, qint64 { bytes.size() } }));
    if (detail.size <= bytes.size()) {
        detail.after = bytes.sliced(detail.size).first(std::min<qint64>(shownAfter, bytes.size() - detail.size));
    }
    return detail;
}

} // namespace sockeye
