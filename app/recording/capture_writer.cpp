// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/recording/capture_writer.h"

#include "app/recording/batch_pool.h"
#include "app/recording/recording.h"
#include "app/recording/writer_batch.h"
#include "app/recording/writer_lane.h"
#include "app/tls/tls_facts.h"

#include <algorithm>
#include <utility>

namespace sockeye {

namespace {

// No read or write of a socket carries more at once; what claims to is kept as several chunks, so that nothing
// downstream has to hold more than this in one piece.
constexpr qsizetype maxChunk = 64 * 1024 * 1024;

WriterBatch::Entry entryOf(EventKind kind, quint32 connection, Direction direction = Direction::In)
{
    WriterBatch::Entry entry {};
    entry.time = captureNow();
    entry.connection = connection;
    entry.kind = kind;
    entry.direction = direction;
    return entry;
}

} // namespace

CaptureWriter::CaptureWriter(const std::shared_ptr<Recording>& recording)
    : m_recording(recording->alone())
    , m_wanted(m_recording->wantsEvents())
{
    if (m_wanted) {
        m_lane = m_recording->join();
    }
}

CaptureWriter::~CaptureWriter()
{
    tellGaps();
    flush();
    if (m_wanted) {
        m_recording->leave(m_lane);
    }
}

WriterBatch* CaptureWriter::batchFor(qsizetype payload)
{
    if (m_batch && !m_batch->fits(payload)) {
        flush();
    }
    if (!m_batch) {
        m_batch = BatchPool::instance().take(payload);
    }
    if (m_batch->isEmpty()) {
        m_lane->begin(); // before the event looks at the clock
    }
    return m_batch.get();
}

void CaptureWriter::opened(quint32 connection, const ConnectionFacts& facts)
{
    if (!m_wanted) {
        return;
    }
    WriterBatch* batch = batchFor(0);
    WriterBatch::Entry entry = entryOf(EventKind::Opened, connection);
    entry.extra = batch->keepFacts(facts);
    batch->append(entry);
}

void CaptureWriter::chunk(quint32 connection, Direction direction, QByteArrayView bytes)
{
    if (!m_wanted) {
        return;
    }
    if (m_recording->leavesOut()) [[unlikely]] {
        leaveOut(connection, direction, bytes.size());
        return;
    }
    tellGap(connection);
    do {
        const QByteArrayView piece = bytes.first(std::min(bytes.size(), maxChunk));
        WriterBatch* batch = batchFor(piece.size());
        WriterBatch::Entry entry = entryOf(EventKind::Chunk, connection, direction);
        entry.size = static_cast<quint32>(piece.size());
        batch->append(entry, piece);
        bytes = bytes.sliced(piece.size());
    } while (!bytes.isEmpty());
}

void CaptureWriter::finished(quint32 connection, Direction direction)
{
    if (!m_wanted) {
        return;
    }
    tellGap(connection);
    WriterBatch* batch = batchFor(0);
    batch->append(entryOf(EventKind::Finished, connection, direction));
}

void CaptureWriter::closed(quint32 connection, CloseKind kind)
{
    if (!m_wanted) {
        return;
    }
    tellGap(connection);
    WriterBatch* batch = batchFor(0);
    WriterBatch::Entry entry = entryOf(EventKind::Closed, connection);
    entry.closeKind = kind;
    batch->append(entry);
}

void CaptureWriter::error(
    quint32 connection, QLatin1StringView code, const QString& text, qint64 offset, Direction direction, Leg leg)
{
    if (!m_wanted) {
        return;
    }
    tellGap(connection);
    WriterBatch* batch = batchFor(0);
    WriterBatch::Entry entry = entryOf(EventKind::Error, connection, direction);
    entry.leg = leg;
    entry.extra = batch->keepText({ QString(code), text, offset, 0, {} });
    batch->append(entry);
}

void CaptureWriter::note(quint32 connection, const QString& text, Leg leg)
{
    if (!m_wanted) {
        return;
    }
    tellGap(connection);
    WriterBatch* batch = batchFor(0);
    WriterBatch::Entry entry = entryOf(EventKind::Note, connection);
    entry.leg = leg;
    entry.extra = batch->keepText({ {}, text, -1, 0, {} });
    batch->append(entry);
}

void CaptureWriter::told(quint32 connection, const QString& text, const QByteArray& script)
{
    if (!m_wanted) {
        return;
    }
    tellGap(connection);
    WriterBatch* batch = batchFor(0);
    WriterBatch::Entry entry = entryOf(EventKind::Note, connection);
    entry.extra = batch->keepText({ {}, text, -1, 0, script });
    batch->append(entry);
}

void CaptureWriter::passed(quint32 connection, Direction direction, qint64 upTo)
{
    if (!m_wanted) {
        return;
    }
    WriterBatch* batch = batchFor(0);
    WriterBatch::Entry entry = entryOf(EventKind::Note, connection, direction);
    entry.extra = batch->keepText({ QString(passedCode), {}, upTo, 0, {} });
    batch->append(entry);
}

void CaptureWriter::met(quint32 connection, Direction direction, qint64 offset, const QString& rule)
{
    if (!m_wanted) {
        return;
    }
    WriterBatch* batch = batchFor(0);
    WriterBatch::Entry entry = entryOf(EventKind::Note, connection, direction);
    entry.extra = batch->keepText({ QString(ruleCode), rule, offset, 0, {} });
    batch->append(entry);
}

void CaptureWriter::struck(quint32 connection, Direction direction, qint64 offset, qint64 size, const QString& fault)
{
    if (!m_wanted) {
        return;
    }
    WriterBatch* batch = batchFor(0);
    WriterBatch::Entry entry = entryOf(EventKind::Note, connection, direction);
    entry.extra = batch->keepText({ QString(strikeCode), fault, offset, size, {} });
    batch->append(entry);
}

void CaptureWriter::tls(quint32 connection, const TlsFacts& facts)
{
    if (!m_wanted) {
        return;
    }
    WriterBatch* batch = batchFor(0);
    WriterBatch::Entry entry = entryOf(EventKind::Note, connection);
    entry.extra = batch->keepText({ QString(tlsCode), QString::fromUtf8(toJson(facts)), -1, 0, {} });
    batch->append(entry);
}

void CaptureWriter::leaveOut(quint32 connection, Direction direction, qint64 bytes)
{
    m_leftOut[connection][static_cast<std::size_t>(direction)] += bytes;
    m_recording->leaveOut(bytes);
}

/// Before anything else is told of that connection.
void CaptureWriter::tellGap(quint32 connection)
{
    if (m_leftOut.empty()) [[likely]] {
        return;
    }
    if (const auto found = m_leftOut.find(connection); found != m_leftOut.end()) {
        const Bytes bytes = found->second;
        m_leftOut.erase(found);
        tellGap(connection, bytes);
    }
}

void CaptureWriter::tellGap(quint32 connection, const Bytes& bytes)
{
    for (const Direction direction : { Direction::In, Direction::Out }) {
        const qint64 missing = bytes[static_cast<std::size_t>(direction)];
        if (missing == 0) {
            continue;
        }
        WriterBatch* batch = batchFor(0);
        WriterBatch::Entry entry = entryOf(EventKind::Error, connection, direction);
        entry.extra = batch->keepText({ QString(gapCode), leftOutText(missing), -1, missing, {} });
        batch->append(entry);
    }
}

void CaptureWriter::tellGaps()
{
    const auto gaps = std::exchange(m_leftOut, {});
    for (const auto& [connection, bytes] : gaps) {
        tellGap(connection, bytes);
    }
}

void CaptureWriter::flush()
{
    if (!m_leftOut.empty() && !m_recording->leavesOut()) {
        tellGaps();
    }
    if (m_batch && !m_batch->isEmpty()) {
        m_recording->handOver(m_lane, std::move(m_batch));
    }
}

} // namespace sockeye
