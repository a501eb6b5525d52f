// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/reader/import_batch.h"

#include "app/recording/capture_log.h"

#include <mutex>

namespace sockeye {

namespace {
constexpr std::size_t mostKept = 1024 * 1024; // bytes: one large chunk must not cost its memory for ever
} // namespace

void ImportBatch::add(const CaptureEvent& event, std::span<const PayloadPiece> pieces)
{
    Entry entry;
    entry.time = event.time;
    entry.connection = event.connection;
    entry.kind = event.kind;
    entry.direction = event.direction;
    entry.closeKind = event.closeKind;
    switch (event.kind) {
    case EventKind::Chunk:
        entry.size = event.bytes.size();
        entry.count = static_cast<quint32>(pieces.size());
        m_pieces.insert(m_pieces.end(), pieces.begin(), pieces.end());
        m_bytes.insert(m_bytes.end(), event.bytes.begin(), event.bytes.end());
        break;
    case EventKind::Opened:
    case EventKind::Error:
    case EventKind::Note:
        m_rare.push_back(event);
        entry.count = static_cast<quint32>(m_rare.size());
        break;
    case EventKind::Finished:
    case EventKind::Closed:
        break;
    }
    m_entries.push_back(entry);
}

qint64 ImportBatch::size() const
{
    return static_cast<qint64>(m_bytes.size() + m_entries.size() * sizeof(Entry)
        + m_pieces.size() * sizeof(PayloadPiece) + m_rare.size() * sizeof(CaptureEvent));
}

void ImportBatch::deliver(CaptureLog& log)
{
    std::unique_lock turn(log.turns());
    CaptureEvent event;
    const char* bytes = m_bytes.data();
    const PayloadPiece* piece = m_pieces.data();
    for (const Entry& entry : m_entries) {
        if (entry.kind == EventKind::Chunk) {
            event.kind = entry.kind;
            event.direction = entry.direction;
            event.connection = entry.connection;
            event.time = entry.time;
            event.bytes = QByteArrayView(bytes, static_cast<qsizetype>(entry.size));
            log.add(event, { piece, entry.count });
            event.bytes = {};
            bytes += entry.size;
            piece += entry.count;
        } else if (entry.count > 0) {
            log.add(m_rare[entry.count - 1], {});
        } else {
            event.kind = entry.kind;
            event.direction = entry.direction;
            event.closeKind = entry.closeKind;
            event.connection = entry.connection;
            event.time = entry.time;
            log.add(event, {});
        }
    }
    turn.unlock();
    log.commit();
    log.setProgress(m_progress);
}

void ImportBatch::clear()
{
    m_entries.clear();
    m_pieces.clear();
    m_bytes.clear();
    m_rare.clear();
    if (m_bytes.capacity() > mostKept) {
        m_bytes = {};
    }
}

} // namespace sockeye
