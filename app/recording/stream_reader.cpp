// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/recording/stream_reader.h"

#include "app/recording/capture_log.h"

#include <algorithm>

namespace sockeye {

namespace {

/// Nearer than that to what was read last, the next one is most likely to be wanted soon, too.
constexpr qint64 near = 64 * 1024;
constexpr std::size_t mostKnown = 20'000; ///< connections
constexpr qint64 bytesAhead = 64 * 1024; ///< of a stream whose place is asked for
constexpr qsizetype piecesAhead = 16;

} // namespace

StreamReader::StreamReader(const Recording& recording)
    : m_recording(recording)
    , m_log(*recording.log())
    , m_window(m_log.store())
{
}

StreamReader::~StreamReader() = default;

StreamReader::Known* StreamReader::find(quint32 connection)
{
    const auto at = m_known.find(connection);
    if (at != m_known.end()) {
        return &at->second;
    }
    const RecordedConnection* const found = m_log.streams().known(connection);
    if (found == nullptr) {
        return nullptr;
    }
    if (m_known.size() == mostKnown) {
        m_known.clear();
    }
    Known& known = m_known[connection];
    known.connection = found;
    return &known;
}

/// In the file, where they lie in one piece there; -1 where they do not, or are not there.
qint64 StreamReader::positionOf(Known& known, Direction direction, qint64 offset, qint64 size)
{
    Ahead& ahead = known.ahead.at(static_cast<std::size_t>(direction));
    if (offset < ahead.offset || offset + size > ahead.end) {
        const qint64 readable = m_log.store().readableEnd(); // taken first, as CaptureLog::read() does
        ahead.pieces.clear();
        ahead.next = 0;
        ahead.offset = offset;
        m_log.streams().look(*known.connection, direction, [&](const StreamIndex& stream) {
            ahead.end = stream.locate(offset, std::max(size, bytesAhead), readable, piecesAhead, ahead.pieces);
        });
        if (offset + size > ahead.end) {
            return -1;
        }
    }
    while (offset >= ahead.offset + ahead.pieces[ahead.next].size) {
        ahead.offset += ahead.pieces[ahead.next].size;
        ++ahead.next;
    }
    const PayloadPiece& piece = ahead.pieces[ahead.next];
    const qint64 inPiece = offset - ahead.offset;
    return size <= piece.size - inPiece ? piece.position + inPiece : -1;
}

QByteArrayView StreamReader::read(quint32 connection, Direction direction, qint64 offset, qint64 size)
{
    Known* const known = find(connection);
    if (known == nullptr || size <= 0 || offset < 0) {
        return {};
    }
    if (const qint64 position = positionOf(*known, direction, offset, size); position >= 0) {
        const bool isNear = qAbs(position - m_end) < near;
        m_end = position + size;
        if (isNear && size <= near) {
            if (const char* const bytes = m_window.at(position, size); bytes != nullptr) {
                return { bytes, size };
            }
        }
    }
    m_joined = m_recording.read(connection, direction, offset, size);
    return m_joined;
}

} // namespace sockeye
