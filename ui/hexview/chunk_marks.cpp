// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/hexview/chunk_marks.h"

#include "ui/text/byte_count_text.h"
#include "ui/text/display_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

QString markText(const char* text)
{
    return QCoreApplication::translate("ChunkMarks", text);
}

} // namespace

std::vector<ChunkSpan> chunkSpans(const InspectedMessage& message, qint64 from, qint64 to)
{
    const auto& chunks = message.chunks;
    const qint64 size = message.bytes().size();
    std::vector<ChunkSpan> spans;
    // Chunks follow each other in the stream, so the first that ends behind `from` can be searched for.
    auto chunk = std::partition_point(chunks.begin(), chunks.end(),
        [&](const ChunkMark& mark) { return mark.offset + mark.size - message.streamOffset <= from; });
    for (; chunk != chunks.end(); ++chunk) {
        const qint64 start = chunk->offset - message.streamOffset;
        if (start >= std::min(to, size)) {
            break;
        }
        const qint64 end = start + chunk->size;
        spans.push_back({ chunk - chunks.begin(), std::max<qint64>(0, start), std::min(size, end), end <= size });
    }
    return spans;
}

QString chunkText(const InspectedMessage& message, qsizetype index)
{
    const auto& chunks = message.chunks;
    const ChunkMark& mark = chunks[static_cast<std::size_t>(index)];
    const QString text = message.direction == Direction::In ? markText("read %1 of %2: %3, +%4 s")
                                                            : markText("write %1 of %2: %3, +%4 s");
    const double seconds = static_cast<double>(mark.time - chunks.front().time) / 1e9;
    return text.arg(groupedNumber(index + 1), groupedNumber(static_cast<qint64>(chunks.size())),
        byteCountText(mark.size), QString::number(seconds, 'f', 3));
}

QString chunkSummary(const InspectedMessage& message)
{
    const auto& chunks = message.chunks;
    if (chunks.empty()) {
        return {};
    }
    const bool in = message.direction == Direction::In;
    QString text;
    if (chunks.size() == 1) {
        text = in ? markText("came in 1 read") : markText("went out in 1 write");
    } else {
        text = (in ? markText("came in %1 reads") : markText("went out in %1 writes"))
                   .arg(groupedNumber(static_cast<qint64>(chunks.size())));
    }
    const bool before = chunks.front().offset < message.streamOffset;
    const ChunkMark& last = chunks.back();
    const bool after = last.offset + last.size > message.streamOffset + message.bytes().size();
    const bool single = chunks.size() == 1;
    if (before && after) {
        text += single ? markText(", shared with the messages before and after")
                       : markText(", first and last shared with other messages");
    } else if (before) {
        text += single ? markText(", shared with the message before")
                       : markText(", the first shared with the message before");
    } else if (after) {
        text +=
            single ? markText(", shared with the next message") : markText(", the last shared with the next message");
    }
    return text;
}

} // namespace sockeye
