// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/bytesearch/byte_search.h"

#include "app/reading/capture.h"
#include "app/recording/stream_index.h"

#include <algorithm>
#include <limits>

namespace sockeye {

namespace {

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

} // namespace

ByteSearch::ByteSearch(std::shared_ptr<Capture> capture, ByteNeedle needle, qsizetype most)
    : m_capture(std::move(capture))
    , m_needle(std::move(needle))
    , m_most(most)
    , m_scan(m_needle, [this](const StreamPlace& place) { return keep(place); })
    , m_retelling(*m_capture, m_scan)
    , m_places(*m_capture)
{
}

ByteSearch::~ByteSearch() = default;

qint64 ByteSearch::bytesThere() const
{
    return m_capture->byteCount();
}

void ByteSearch::run()
{
    announce();
    const bool mayGrow = m_capture->mayGrow();
    const qsizetype rows = m_capture->messageCount(); // before the bytes: none of them holds a hit that is not known
    m_retelling.goOn(m_stop);
    if (!m_stop.load()) {
        m_scan.lookSoFar(!mayGrow);
    }
    findRows(rows);
    m_state.store(m_kept > m_most ? State::Full : m_stop.load() ? State::Stopped : State::Over);
}

bool ByteSearch::hasMore() const
{
    return state() == State::Over
        && (m_retelling.hasMore()
            || (m_lacksRows.load(std::memory_order_relaxed)
                && m_capture->messageCount() > m_rowsSeen.load(std::memory_order_relaxed)));
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
    m_hits.publish();
    return true;
}

StreamPlace ByteSearch::hit(qsizetype i) const
{
    const Hit kept = m_hits.at(i);
    return { kept.connection, (kept.high & outBit) != 0 ? Direction::Out : Direction::In,
        static_cast<qint64>((quint64 { kept.high & ~outBit } << 32) | kept.low) };
}

void ByteSearch::findRows(qsizetype end)
{
    {
        const std::lock_guard lock(m_mutex);
        m_rows.resize(static_cast<std::size_t>(m_hits.count()), noRow);
    }
    for (; m_placed < m_hits.count(); ++m_placed) {
        m_places.add(hit(m_placed), static_cast<std::size_t>(m_placed));
    }
    m_places.goOn(
        end, [this] { return m_isAbandoned.load(); },
        [this](std::size_t number, qsizetype row) {
            const std::lock_guard lock(m_mutex);
            m_rows[number] = static_cast<quint32>(row);
        });
    m_rowsSeen.store(m_places.rowsSeen(), std::memory_order_relaxed);
    m_lacksRows.store(!m_places.isComplete(), std::memory_order_relaxed);
    m_rowsRevision.fetch_add(1, std::memory_order_release);
}

qsizetype ByteSearch::rowOf(qsizetype i) const
{
    const std::lock_guard lock(m_mutex);
    const auto at = static_cast<std::size_t>(i);
    const quint32 row = at < m_rows.size() ? m_rows[at] : noRow;
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
