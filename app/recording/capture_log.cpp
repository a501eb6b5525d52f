// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/recording/capture_log.h"

#include "app/platform/system_error.h"
#include "app/recording/connection_limit.h"
#include "app/recording/placed_marks.h"
#include "app/recording/writer_batch.h"
#include "protocol/text/describe_bytes.h"

#include <QCoreApplication>

#include <algorithm>
#include <cerrno>
#include <limits>

namespace sockeye {

namespace {
constexpr qint64 writeAtOnce = 1024 * 1024;

std::size_t limitOf(const RecordingOptions& options)
{
    return options.maxConnections > 0 ? options.maxConnections : connectionsInMemory();
}
} // namespace

CaptureLog::CaptureLog(const RecordingOptions& options)
    : m_options(options)
    , m_connectionLimit(limitOf(options))
{
    if (!options.record) {
        return;
    }
    auto spool = std::make_unique<Spool>(options.file);
    m_spool = spool.get();
    m_store = std::move(spool);
    m_recorder = std::make_unique<pcapng::PacketRecorder>(*m_spool, options.title);
    m_spool->flush(); // the file opens from the start
}

CaptureLog::CaptureLog(const RecordingOptions& options, std::unique_ptr<ByteStore> file, Save save)
    : m_options(options)
    , m_connectionLimit(limitOf(options))
    , m_store(std::move(file))
    , m_save(std::move(save))
    , m_progress(0)
{
}

void CaptureLog::detach(const EventSink* sink)
{
    const std::lock_guard turn(m_turns);
    std::erase_if(m_sinks, [sink](const auto& known) { return known.get() == sink; });
}

CaptureLog::~CaptureLog() = default;

qsizetype CaptureLog::process(const WriterBatch& batch, qsizetype position, qint64 until)
{
    const std::lock_guard turn(m_turns);
    WriterBatch::Entry entry {};
    while (position < batch.used() && batch.timeAt(position) <= until) {
        position = batch.read(position, entry, m_event.bytes);
        m_event.kind = entry.kind;
        m_event.direction = entry.direction;
        m_event.closeKind = entry.closeKind;
        m_event.connection = entry.connection;
        m_event.time = entry.time;
        if (entry.kind == EventKind::Opened) {
            m_event.facts = batch.facts(entry.extra);
        } else if (entry.kind == EventKind::Error || entry.kind == EventKind::Note) {
            const WriterBatch::Text& text = batch.text(entry.extra);
            m_event.code = text.code;
            m_event.text = text.text;
            m_event.offset = text.offset;
            m_event.missing = text.missing;
            m_event.leg = entry.leg;
            m_event.script = text.script;
        }
        if (m_event.code == passedCode) {
            tell(m_event);
        } else if (isOfRelay(m_event)) {
            if (m_recorder && !m_event.text.isEmpty() && !isUnrecorded(m_event)) {
                m_recorder->record(m_event, m_pieces);
            }
            takeOfRelay(m_event);
        } else if (isUnrecorded(m_event)) [[unlikely]] {
            countUnrecorded(m_event);
            tell(m_event);
        } else {
            if (m_recorder) {
                m_recorder->record(m_event, m_pieces);
            }
            take(m_event, m_pieces);
        }
        if (entry.kind == EventKind::Opened) {
            m_event.facts = {};
        } else if (entry.kind == EventKind::Error || entry.kind == EventKind::Note) {
            m_event.code.clear();
            m_event.text.clear();
            m_event.offset = -1;
            m_event.missing = 0;
            m_event.leg = Leg::None;
            m_event.script.clear();
        }
        if (isFull()) {
            commitNow();
        }
    }
    return position;
}

void CaptureLog::add(const CaptureEvent& event, std::span<const PayloadPiece> pieces)
{
    isOfRelay(event) ? takeOfRelay(event) : take(event, pieces);
}

/// Which rule a message met, or which fault struck it: no row, but a fact of bytes.
void CaptureLog::takeOfRelay(const CaptureEvent& event)
{
    const RecordedConnection* const connection = m_streams.find(event.connection);
    // In a file that began later bytes have other places than when they were counted.
    const bool isKnown = connection != nullptr ? !connection->facts.midway : !isUnrecorded(event);
    if (isKnown && event.code == strikeCode) {
        m_strikes.add(event.connection, event.direction, event.offset, event.missing, event.text);
    } else if (isKnown && !event.text.isEmpty()) {
        m_hits.add(event.connection, event.direction, event.offset, event.text);
    }
    tell(event);
}

void CaptureLog::take(const CaptureEvent& event, std::span<const PayloadPiece> pieces)
{
    if (isKept()) {
        keep(event, pieces);
    }
    tell(event);
}

void CaptureLog::tell(const CaptureEvent& event)
{
    m_toldIdle = false;
    if (m_options.observer) {
        m_options.observer->event(event);
    }
}

void CaptureLog::keep(const CaptureEvent& event, std::span<const PayloadPiece> pieces)
{
    if (startTime() == 0) {
        m_startTime.store(event.time, std::memory_order_relaxed);
    }
    const bool isChunk = event.kind == EventKind::Chunk;
    const bool isGap = event.kind == EventKind::Error && event.missing > 0;
    RecordedConnection* connection = m_streams.find(event.connection);
    const Transport transport = connection ? connection->facts.transport : event.facts.transport;
    if (isChunk && event.bytes.isEmpty() && transport == Transport::Tcp) {
        return; // nothing was read or written: a stream knows no empty chunks
    }
    if (!connection && (event.kind == EventKind::Opened || isChunk || isGap)) {
        connection = &m_streams.add(event.connection, event.facts);
    }
    RecordedEvent recorded { event, connection };
    bool inStream = false;
    if (isChunk || isGap) {
        StreamIndex& stream = connection->streams[static_cast<std::size_t>(event.direction)];
        recorded.offset = stream.size();
        if (isChunk && !event.bytes.isEmpty()) {
            m_byteCount.store(byteCount() + event.bytes.size(), std::memory_order_relaxed);
            m_streams.change([&] { stream.append(event.time, pieces); });
            inStream = true;
        } else if (isGap && transport == Transport::Tcp) {
            m_streams.change([&] { stream.appendGap(event.time, event.missing); });
            inStream = true;
        }
    }
    m_events.append(event, inStream);
    for (const std::shared_ptr<EventSink>& sink : m_sinks) {
        sink->add(recorded);
    }
}

bool CaptureLog::isFull() const
{
    return m_spool && m_spool->unwritten() >= writeAtOnce;
}

void CaptureLog::commit()
{
    const std::lock_guard turn(m_turns);
    commitNow();
}

void CaptureLog::commitNow()
{
    flush();
    if (m_spool && m_spool->isDropping() && !m_toldDropping) {
        noteDropping();
        flush();
    }
}

/// Writes what waits, then shows the events and rows that refer to it.
void CaptureLog::flush()
{
    if (m_spool) {
        m_spool->flush();
    }
    m_events.publish();
    for (const std::shared_ptr<EventSink>& sink : m_sinks) {
        sink->publish();
    }
}

void CaptureLog::noteDropping()
{
    m_toldDropping = true;
    CaptureEvent note;
    note.time = captureNow();
    note.text = QCoreApplication::translate("Capture",
        "The capture cannot be written and no memory is left for it: from here on the bytes of messages are not kept.");
    take(note, {});
}

void CaptureLog::countUnrecorded(const CaptureEvent& event)
{
    if (event.kind != EventKind::Opened) {
        return; // counted before, or it never came to be
    }
    if (m_leftOutConnections.fetch_add(1, std::memory_order_relaxed) == 0) {
        note(QCoreApplication::translate("Capture",
                 "The capture holds %1 connections, and memory has room for no more: further ones go on, but are not "
                 "captured.")
                 .arg(groupedDigits(static_cast<qint64>(m_connectionLimit))),
            event.time);
    }
}

void CaptureLog::tellUnrecorded()
{
    const std::lock_guard turn(m_turns);
    const qint64 count = m_leftOutConnections.load(std::memory_order_relaxed);
    if (count == m_toldUnrecorded) {
        return;
    }
    m_toldUnrecorded = count;
    note(QCoreApplication::translate("Capture",
             "%n connection(s) went on without being captured: memory had no room for them.", nullptr,
             static_cast<int>(std::min<qint64>(count, std::numeric_limits<int>::max()))),
        captureNow());
    commitNow();
}

void CaptureLog::note(const QString& text, qint64 time)
{
    CaptureEvent note;
    note.time = time;
    note.text = text;
    if (m_recorder) {
        m_recorder->record(note, m_pieces);
    }
    take(note, {});
}

void CaptureLog::idle()
{
    if (m_options.observer && !m_toldIdle) {
        m_toldIdle = true;
        m_options.observer->idle();
    }
}

qint64 CaptureLog::silence(qint64 until)
{
    const std::lock_guard turn(m_turns);
    qint64 next = m_options.observer ? m_options.observer->silence(until) : 0;
    for (const std::shared_ptr<EventSink>& sink : m_sinks) {
        const qint64 its = sink->silence(until);
        next = next == 0 || (its > 0 && its < next) ? its : next;
    }
    return next;
}

void CaptureLog::leaveOut(qint64 bytes)
{
    m_leftOutChunks.fetch_add(1, std::memory_order_relaxed);
    m_leftOutBytes.fetch_add(bytes, std::memory_order_relaxed);
}

LeftOut CaptureLog::leftOut() const
{
    return { m_leftOutChunks.load(std::memory_order_relaxed), m_leftOutBytes.load(std::memory_order_relaxed),
        m_leftOutConnections.load(std::memory_order_relaxed) };
}

Failure CaptureLog::save(const QString& file) const
{
    if (!isKept()) {
        return makeFailure(FailureCode::SpoolFull, file, systemErrorText(ENODATA)); // nothing was recorded
    }
    const qint64 end = m_store->readableEnd();
    const pcapng::CommentChanges changes = commentChanges(m_marks, m_streams, end);
    return m_save ? m_save(file, changes) : pcapng::copyWithComments(*m_store, end, changes, file);
}

void CaptureLog::setFailure(const Failure& failure)
{
    const std::lock_guard lock(m_mutex);
    m_failure = failure;
}

Failure CaptureLog::failure() const
{
    if (m_spool) {
        return m_spool->failure();
    }
    const std::lock_guard lock(m_mutex);
    return m_failure;
}

} // namespace sockeye
