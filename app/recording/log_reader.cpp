// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/recording/capture_log.h"
#include "app/storage/payload_reader.h"

#include <algorithm>
#include <limits>

namespace sockeye {

namespace {
// Looked up under one lock; the lock is let go while they are read.
constexpr qsizetype piecesAtOnce = 4096;
} // namespace

QByteArray CaptureLog::read(quint32 connection, Direction direction, qint64 offset, qint64 size) const
{
    const RecordedConnection* const known = m_streams.known(connection);
    if (!known || size <= 0 || offset < 0) {
        return {};
    }
    // Positions that a reader may see now; taken first, so that what is found below it stays readable.
    const qint64 readable = m_store->readableEnd();
    QByteArray result;
    qint64 done = 0;
    std::vector<PayloadPiece> pieces;
    while (done < size) {
        pieces.clear();
        qint64 reached = offset + done;
        qint64 streamSize = 0;
        m_streams.look(*known, direction, [&](const StreamIndex& stream) {
            streamSize = stream.size();
            reached = stream.locate(offset + done, size - done, readable, piecesAtOnce, pieces);
        });
        if (pieces.empty()) {
            break;
        }
        if (result.isEmpty()) {
            size = std::min(size, streamSize - offset);
            result = QByteArray(size, Qt::Uninitialized);
        }
        const qint64 expected = reached - (offset + done);
        const qint64 got = readPieces(*m_store, pieces, result.data() + done, false);
        done += got;
        if (got < expected) {
            break;
        }
    }
    result.truncate(done);
    return result;
}

std::vector<ChunkMark> CaptureLog::chunks(quint32 connection, Direction direction, qint64 offset, qint64 size) const
{
    std::vector<ChunkMark> marks;
    const RecordedConnection* const known = m_streams.known(connection);
    if (!known || size <= 0 || offset < 0) {
        return marks;
    }
    const qint64 end =
        size > std::numeric_limits<qint64>::max() - offset ? std::numeric_limits<qint64>::max() : offset + size;
    while (offset < end) {
        qint64 reached = offset;
        m_streams.look(*known, direction,
            [&](const StreamIndex& stream) { reached = stream.marks(offset, end - offset, piecesAtOnce, marks); });
        if (reached <= offset) {
            break;
        }
        offset = reached;
    }
    return marks;
}

} // namespace sockeye
