// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/reading/place_rows.h"

#include "app/reading/capture.h"

#include <algorithm>

namespace sockeye {

namespace {

constexpr qsizetype rowsBetweenQuestions = 4096;
constexpr qsizetype mostStepsBack = 1'000'000; ///< of one goOn()

quint64 streamOf(quint32 connection, Direction direction)
{
    return (quint64 { connection } << 1) | static_cast<quint64>(direction);
}

bool isMessage(const MessageRecord& record)
{
    return record.size > 0 && (record.kind == RecordKind::Message || record.kind == RecordKind::BadMessage);
}

} // namespace

void PlaceRows::add(const StreamPlace& place, std::size_t number)
{
    ++m_left;
    if (m_next > 0) {
        m_late.push_back({ place, number });
    } else {
        wait(place, number);
    }
}

void PlaceRows::wait(const StreamPlace& place, std::size_t number)
{
    m_streams[streamOf(place.connection, place.direction)].places.push_back({ place.offset, number });
}

/// -1: none of those that were gone through holds it, as far as one looked.
qsizetype PlaceRows::rowBefore(const StreamPlace& place, qsizetype& steps) const
{
    for (qsizetype row = m_next - 1; row >= 0 && steps > 0; --row, --steps) {
        const MessageRecord record = m_capture.message(row);
        if (record.connection == place.connection && record.direction == place.direction && isMessage(record)
            && record.offset <= place.offset) {
            return place.offset < record.offset + record.size ? row : -1;
        }
    }
    return -1;
}

void PlaceRows::goOn(qsizetype end, const std::function<bool()>& isEnough, const Found& found)
{
    qsizetype steps = mostStepsBack;
    for (const Late& late : m_late) {
        if (const qsizetype row = rowBefore(late.place, steps); row >= 0) {
            --m_left;
            found(late.number, row);
        } else {
            wait(late.place, late.number);
        }
    }
    m_late.clear();
    end = std::min(end, m_capture.messageCount());
    for (; m_next < end; ++m_next) {
        if (m_left == 0) {
            m_next = end;
            return;
        }
        if (m_next % rowsBetweenQuestions == 0 && isEnough()) {
            return;
        }
        const MessageRecord record = m_capture.message(m_next);
        if (!isMessage(record)) {
            continue;
        }
        const auto stream = m_streams.find(streamOf(record.connection, record.direction));
        if (stream == m_streams.end()) {
            continue;
        }
        // The rows of a stream ascend: what lies before this one has no row.
        Stream& its = stream->second;
        for (; its.next < its.places.size(); ++its.next, --m_left) {
            const Place& place = its.places[its.next];
            if (place.offset >= record.offset + record.size) {
                break;
            }
            if (place.offset >= record.offset) {
                found(place.number, m_next);
            }
        }
        if (its.next == its.places.size()) {
            m_streams.erase(stream);
        }
    }
}

std::vector<qsizetype> rowsOf(
    const Capture& capture, std::span<const StreamPlace> places, const std::function<bool()>& isEnough)
{
    std::vector<qsizetype> rows(places.size(), -1);
    PlaceRows finder(capture);
    for (std::size_t i = 0; i < places.size(); ++i) {
        finder.add(places[i], i);
    }
    finder.goOn(capture.messageCount(), isEnough, [&rows](std::size_t number, qsizetype row) { rows[number] = row; });
    return rows;
}

} // namespace sockeye
