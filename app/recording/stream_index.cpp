// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/recording/stream_index.h"

#include <algorithm>

namespace sockeye {

namespace {
constexpr qint64 nowhere = -1;
} // namespace

void StreamIndex::append(qint64 time, std::span<const PayloadPiece> pieces)
{
    bool continues = false;
    for (const PayloadPiece& piece : pieces) {
        if (piece.size <= 0) {
            continue;
        }
        m_entries.append({ m_size, time, std::max(piece.position, nowhere) * 2 + (continues ? 1 : 0) });
        m_size += piece.size;
        m_hasPieces = m_hasPieces || continues;
        continues = true;
    }
}

void StreamIndex::appendGap(qint64 time, qint64 size)
{
    if (size > 0) {
        m_entries.append({ m_size, time, nowhere * 2 });
        m_size += size;
    }
}

qsizetype StreamIndex::find(qint64 offset) const
{
    qsizetype low = 0;
    qsizetype high = m_entries.size();
    while (low < high) {
        const qsizetype middle = low + (high - low) / 2;
        if (m_entries.at(middle).offset <= offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low - 1;
}

qint64 StreamIndex::endOf(qsizetype i) const
{
    return i + 1 < m_entries.size() ? m_entries.at(i + 1).offset : m_size;
}

qint64 StreamIndex::locate(
    qint64 offset, qint64 size, qint64 readableEnd, qsizetype maxPieces, std::vector<PayloadPiece>& out) const
{
    if (offset < 0 || offset >= m_size || size <= 0) {
        return offset;
    }
    const qint64 end = offset + std::min(size, m_size - offset);
    qsizetype i = find(offset);
    for (; i < m_entries.size() && offset < end && maxPieces > 0; ++i, --maxPieces) {
        const Entry& entry = m_entries.at(i);
        const qint64 pieceEnd = std::min(endOf(i), end);
        const qint64 position = (entry.place >> 1) + (offset - entry.offset);
        if (entry.isLost() || position + (pieceEnd - offset) > readableEnd) {
            break;
        }
        out.push_back({ position, pieceEnd - offset });
        offset = pieceEnd;
    }
    return offset;
}

qsizetype StreamIndex::next(qsizetype entry, qint64& time, qint64& size, std::vector<PayloadPiece>& pieces) const
{
    const qint64 begin = m_entries.at(entry).offset;
    time = m_entries.at(entry).time;
    do {
        pieces.push_back({ m_entries.at(entry).place >> 1, endOf(entry) - m_entries.at(entry).offset });
        ++entry;
    } while (entry < m_entries.size() && m_entries.at(entry).continues());
    size = (entry < m_entries.size() ? m_entries.at(entry).offset : m_size) - begin;
    return entry;
}

StreamCall StreamIndex::call(qsizetype entry) const
{
    while (entry > 0 && m_entries.at(entry).continues()) {
        --entry;
    }
    const Entry& first = m_entries.at(entry);
    qsizetype last = entry;
    while (last + 1 < m_entries.size() && m_entries.at(last + 1).continues()) {
        ++last;
    }
    return { first.offset, endOf(last) - first.offset, first.time, entry, last + 1, first.isLost() };
}

StreamCall StreamIndex::callAt(qint64 offset) const
{
    return call(find(offset));
}

qsizetype StreamIndex::entryFrom(qint64 offset) const
{
    return offset <= 0 ? 0 : find(offset - 1) + 1;
}

qsizetype StreamIndex::entryFromTime(qint64 time) const
{
    qsizetype low = 0;
    qsizetype high = m_entries.size();
    while (low < high) {
        const qsizetype middle = low + (high - low) / 2;
        if (m_entries.at(middle).time < time) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

qint64 StreamIndex::marks(qint64 offset, qint64 size, qsizetype maxMarks, std::vector<ChunkMark>& out) const
{
    if (offset < 0 || offset >= m_size || size <= 0) {
        return offset;
    }
    const qint64 end = offset + std::min(size, m_size - offset);
    qsizetype i = find(offset);
    while (i > 0 && m_entries.at(i).continues()) {
        --i; // to the first piece of the chunk
    }
    while (i < m_entries.size() && m_entries.at(i).offset < end && maxMarks > 0) {
        const Entry& entry = m_entries.at(i);
        while (i + 1 < m_entries.size() && m_entries.at(i + 1).continues()) {
            ++i;
        }
        if (!entry.isLost()) {
            out.push_back({ entry.offset, endOf(i) - entry.offset, entry.time });
        }
        offset = endOf(i);
        ++i;
        --maxMarks;
    }
    return offset;
}

} // namespace sockeye
