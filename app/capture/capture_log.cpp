// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/capture/capture_log.h"

#include "app/capture/capture_chunk.h"
#include "app/capture/reader/file_store.h"

#include <QCoreApplication>

namespace sockeye {

namespace {
constexpr qint64 writeAtOnce = 1024 * 1024;
} // namespace

CaptureLog::CaptureLog(const CaptureOptions& options)
    : m_options(options)
{
    if (!options.record) {
        return;
    }
    auto spool = std::make_unique<Spool>(options.file);
    m_spool = spool.get();
    m_store = std::move(spool);
    m_recorder = std::make_unique<pcapng::PacketRecorder>(*m_spool, options.title);
    m_spool->flush(); // the file opens from the start
    m_index = std::make_unique<CaptureIndex>(options.protocol, options.limits, *m_store);
}

CaptureLog::CaptureLog(const CaptureOptions& options, std::unique_ptr<FileStore> file)
    : m_options(options)
    , m_progress(0)
{
    m_file = file.get();
    m_store = std::move(file);
    m_index = std::make_unique<CaptureIndex>(options.protocol, options.limits, *m_store);
}

CaptureLog::~CaptureLog() = default;

qsizetype CaptureLog::process(const CaptureChunk& chunk, qsizetype position, qint64 until)
{
    CaptureChunk::Entry entry {};
    while (position < chunk.used() && chunk.timeAt(position) <= until) {
        position = chunk.read(position, entry, m_event.bytes);
        m_event.kind = entry.kind;
        m_event.direction = entry.direction;
        m_event.closeKind = entry.closeKind;
        m_event.connection = entry.connection;
        m_event.time = entry.time;
        if (entry.kind == EventKind::Opened) {
            m_event.facts = chunk.facts(entry.extra);
        } else if (entry.kind == EventKind::Error || entry.kind == EventKind::Note) {
            const CaptureChunk::Text& text = chunk.text(entry.extra);
            m_event.code = text.code;
            m_event.text = text.text;
            m_event.offset = text.offset;
            m_event.missing = text.missing;
        }
        if (m_recorder) {
            m_recorder->record(m_event, m_pieces);
        }
        take(m_event, m_pieces);
        if (entry.kind == EventKind::Opened) {
            m_event.facts = {};
        } else if (entry.kind == EventKind::Error || entry.kind == EventKind::Note) {
            m_event.code.clear();
            m_event.text.clear();
            m_event.offset = -1;
            m_event.missing = 0;
        }
        if (isFull()) {
            commit();
        }
    }
    return position;
}

void CaptureLog::add(const CaptureEvent& event, std::span<const PayloadPiece> pieces)
{
    take(event, pieces);
}

void CaptureLog::take(const CaptureEvent& event, std::span<const PayloadPiece> pieces)
{
    m_toldIdle = false;
    if (m_index) {
        if (startTime() == 0) {
            m_startTime.store(event.time, std::memory_order_relaxed);
        }
        if (event.kind == EventKind::Segment) {
            m_byteCount.store(byteCount() + event.bytes.size(), std::memory_order_relaxed);
        }
        m_index->add(event, pieces);
    }
    if (m_options.observer) {
        m_options.observer->event(event);
    }
}

bool CaptureLog::isFull() const
{
    return m_spool && m_spool->unwritten() >= writeAtOnce;
}

void CaptureLog::commit()
{
    if (m_spool) {
        m_spool->flush();
        if (m_spool->isDropping() && !m_toldDropping) {
            noteDropping();
        }
    }
    if (m_index) {
        m_index->publish();
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

void CaptureLog::idle()
{
    if (m_options.observer && !m_toldIdle) {
        m_toldIdle = true;
        m_options.observer->idle();
    }
}

void CaptureLog::leaveOut(qint64 bytes)
{
    m_leftOutSegments.fetch_add(1, std::memory_order_relaxed);
    m_leftOutBytes.fetch_add(bytes, std::memory_order_relaxed);
}

LeftOut CaptureLog::leftOut() const
{
    return { m_leftOutSegments.load(std::memory_order_relaxed), m_leftOutBytes.load(std::memory_order_relaxed) };
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
