// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/recording/stream_reader.h"

#include "app/recording/capture_log.h"

namespace sockeye {

namespace {

/// Nearer than that to what was read last, the next one is most likely to be wanted soon, too.
constexpr qint64 near = 64 * 1024;
constexpr std::size_t mostKnown = 100'000; ///< connections

} // namespace

StreamReader::StreamReader(const Recording& recording)
    : m_recording(recording)
    , m_log(*recording.log())
    , m_window(m_log.store())
{
}

StreamReader::~StreamReader() = default;

const RecordedConnection* StreamReader::find(quint32 connection)
{
    const auto known = m_known.find(connection);
    if (known != m_known.end()) {
        return known->second;
    }
    const RecordedConnection* const found = m_log.streams().known(connection);
    if (found != nullptr) {
        if (m_known.size() == mostKnown) {
            m_known.clear();
        }
        m_known.emplace(connection, found);
    }
    return found;
}

QByteArrayView StreamReader::read(quint32 connection, Direction direction, qint64 offset, qint64 size)
{
    const RecordedConnection* const known = find(connection);
    if (known == nullptr || size <= 0 || offset < 0) {
        return {};
    }
    const qint64 readable = m_log.store().readableEnd(); // taken first, as CaptureLog::read() does
    m_pieces.clear();
    m_log.streams().look(*known, direction,
        [&](const StreamIndex& stream) { (void)stream.locate(offset, size, readable, 1, m_pieces); });
    if (m_pieces.size() == 1 && m_pieces.front().size == size) {
        const qint64 position = m_pieces.front().position;
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
