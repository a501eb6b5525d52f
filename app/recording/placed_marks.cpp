// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/recording/placed_marks.h"

#include "app/marks/mark_book.h"
#include "app/recording/stream_table.h"

#include <algorithm>

namespace sockeye {

pcapng::CommentChanges commentChanges(const MarkBook& marks, const StreamTable& streams, qint64 end)
{
    pcapng::CommentChanges changes;
    changes.unmarked = marks.packetsOfFile();
    std::vector<PayloadPiece> pieces;
    for (MessageMark& mark : marks.all()) {
        const RecordedConnection* const connection = streams.known(mark.place.connection);
        if (connection == nullptr) {
            continue;
        }
        pieces.clear();
        qsizetype begins = 0;
        streams.look(*connection, mark.place.direction, [&](const StreamIndex& stream) {
            stream.locate(mark.place.offset, 1, end, 1, pieces);
            begins = stream.entryFrom(mark.place.offset);
            begins -= stream.entryFrom(mark.place.offset + 1);
        });
        if (!pieces.empty() && pieces.front().position >= 0) {
            changes.marks.push_back({ pieces.front().position, begins != 0, mark.colour, std::move(mark.note) });
        }
    }
    std::ranges::stable_sort(changes.marks, {}, &pcapng::PlacedMark::position);
    return changes;
}

} // namespace sockeye
