// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/reading/place_rows.h"

#include "app/reading/capture.h"

#include <unordered_map>

namespace sockeye {

namespace {

constexpr qsizetype rowsBetweenQuestions = 4096;

/// The places in one stream that are still looked for.
struct PlacesLeft {
    std::size_t next = 0;
    std::size_t end = 0;
};

quint64 streamOf(quint32 connection, Direction direction)
{
    return (quint64 { connection } << 1) | static_cast<quint64>(direction);
}

} // namespace

std::vector<qsizetype> rowsOf(
    const Capture& capture, std::span<const StreamPlace> places, const std::function<bool()>& isEnough)
{
    std::vector<qsizetype> rows(places.size(), -1);
    std::unordered_map<quint64, PlacesLeft> streams;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const auto [it, isNew] = streams.try_emplace(streamOf(places[i].connection, places[i].direction));
        it->second.next = isNew ? i : it->second.next;
        it->second.end = i + 1;
    }
    std::size_t left = places.size();
    const qsizetype count = capture.messageCount();
    for (qsizetype row = 0; row < count && left > 0; ++row) {
        if (row % rowsBetweenQuestions == 0 && isEnough()) {
            break;
        }
        const MessageRecord record = capture.message(row);
        if (record.size == 0 || (record.kind != RecordKind::Message && record.kind != RecordKind::BadMessage)) {
            continue;
        }
        const auto found = streams.find(streamOf(record.connection, record.direction));
        if (found == streams.end()) {
            continue;
        }
        // The rows of a stream ascend: what lies before this one has no row.
        PlacesLeft& its = found->second;
        for (; its.next < its.end && places[its.next].offset < record.offset + record.size; ++its.next, --left) {
            if (places[its.next].offset >= record.offset) {
                rows[its.next] = row;
            }
        }
    }
    return rows;
}

} // namespace sockeye
