// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/recording/chunk_mark.h"
#include "app/storage/block_list.h"
#include "app/storage/byte_store.h"

#include <span>
#include <vector>

namespace sockeye {

/// One read or write of a socket as its stream knows it, or a gap.
struct StreamCall {
    qint64 offset = 0; ///< of its first byte
    qint64 size = 0; ///< bytes
    qint64 time = 0; ///< nanoseconds since the epoch
    qsizetype entry = 0; ///< number of its first entry
    qsizetype next = 0; ///< and of that of the call after it
    bool lost = false; ///< nobody has its bytes
};

/// One direction of one connection: which bytes of it came when, and where they lie. 24 bytes for each packet of the
/// file, so a little more than that for each read or write of a socket.
class StreamIndex {
public:
    /// The pieces of one read or write, end to end.
    void append(qint64 time, std::span<const PayloadPiece> pieces);
    /// `size` bytes that nobody has seen: read() stops before them.
    void appendGap(qint64 time, qint64 size);

    /// One past the last byte.
    [[nodiscard]] qint64 size() const { return m_size; }

    /// Appends to `out` where the bytes [offset, offset + size) lie, but at most `maxPieces` pieces and nothing from a
    /// gap on or at a position from `readableEnd` on. Returns the stream offset up to which they reach.
    qint64 locate(
        qint64 offset, qint64 size, qint64 readableEnd, qsizetype maxPieces, std::vector<PayloadPiece>& out) const;

    /// What was appended at once, of which number `entry` is the first entry: its time and size, and where it lies
    /// (appended to `pieces`; one of position -1 for a gap and what is lost). Returns the number of the next one's
    /// first entry. `entry` is in range.
    qsizetype next(qsizetype entry, qint64& time, qint64& size, std::vector<PayloadPiece>& pieces) const;

    /// Calls are numbered by their first entries, in the order of the stream: of those that came in pieces some numbers
    /// are left out. Each of these looks at a number of entries that grows with the logarithm of all.
    [[nodiscard]] qsizetype entryCount() const { return m_entries.size(); }
    [[nodiscard]] bool hasPieces() const { return m_hasPieces; } ///< some calls have several entries
    [[nodiscard]] StreamCall call(qsizetype entry) const; ///< of which `entry`, which is in range, is one
    [[nodiscard]] StreamCall callAt(qint64 offset) const; ///< that holds the byte; `offset` in [0, size())
    [[nodiscard]] qsizetype entryFrom(qint64 offset) const; ///< the first that begins there or behind
    /// The first that is not before `time`, as far as times ascend in the stream; those of files need not.
    [[nodiscard]] qsizetype entryFromTime(qint64 time) const;

    /// Appends the reads or writes that touch the range, at most `maxMarks`; returns the offset up to which they reach.
    qint64 marks(qint64 offset, qint64 size, qsizetype maxMarks, std::vector<ChunkMark>& out) const;

private:
    struct Entry {
        qint64 offset;
        qint64 time;
        qint64 place; ///< position × 2, + 1 for a piece that continues the chunk before it; position -1: a gap, or lost

        [[nodiscard]] bool isLost() const { return place < 0; }
        [[nodiscard]] bool continues() const { return (place & 1) != 0; }
    };
    [[nodiscard]] qsizetype find(qint64 offset) const;
    [[nodiscard]] qint64 endOf(qsizetype i) const;

    BlockList<Entry> m_entries;
    qint64 m_size = 0;
    bool m_hasPieces = false;
};

} // namespace sockeye
