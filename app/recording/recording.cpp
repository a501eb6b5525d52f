// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/recording/recording.h"

#include "app/recording/capture_log.h"
#include "app/recording/capture_thread.h"
#include "app/recording/recording_saver.h"
#include "app/recording/recording_source.h"
#include "app/recording/writer_batch.h"
#include "app/threads/gui_thread_wait.h"

#include <future>

namespace sockeye {

Recording::Recording(std::shared_ptr<CaptureLog> log, std::shared_ptr<RecordingSource> source)
    : m_log(std::move(log))
    , m_source(std::move(source))
{
}

Recording::~Recording()
{
    m_source.reset(); // its thread has a share of what it adds to
    // Whoever is last lets go of the spool, which may mean to remove a large file: not here.
    CaptureThread::instance().run(std::move(m_log), [] {});
}

std::shared_ptr<Recording> Recording::alone() const
{
    return std::shared_ptr<Recording>(new Recording(m_log, m_source));
}

std::shared_ptr<WriterLane> Recording::join()
{
    return CaptureThread::instance().join(*m_log);
}

void Recording::leave(const std::shared_ptr<WriterLane>& lane)
{
    CaptureThread::instance().leave(m_log, lane);
}

void Recording::handOver(const std::shared_ptr<WriterLane>& lane, std::unique_ptr<WriterBatch> batch)
{
    CaptureThread::instance().post(m_log, lane, std::move(batch));
}

bool Recording::leavesOut() const
{
    return m_log->leavesOut();
}

void Recording::leaveOut(qint64 bytes)
{
    m_log->leaveOut(bytes);
}

void Recording::setOverloadPolicy(OverloadPolicy choice)
{
    m_log->setOverloadPolicy(choice);
}

LeftOut Recording::leftOut() const
{
    return m_log->leftOut();
}

bool Recording::wantsEvents() const
{
    return m_log->options().record || m_log->options().observer;
}

void Recording::waitUntilIdle()
{
    if (m_source) {
        m_source->wait();
        return;
    }
    CaptureThread& thread = CaptureThread::instance();
    if (thread.isCurrent()) {
        return;
    }
    GuiThreadWait::check("a capture");
    std::promise<void> done;
    thread.run(m_log, [&done] { done.set_value(); });
    done.get_future().wait();
}

void Recording::waitUntilEnded()
{
    if (m_source) {
        m_source->cancel();
        m_source->waitUntilEnded();
    }
}

void Recording::save(const QString& file, std::function<void(const Failure&)> done)
{
    CaptureThread::instance().run(m_log, [log = m_log, file, done = std::move(done)]() mutable {
        saveRecording(std::move(log), file, std::move(done));
    });
}

QByteArray Recording::read(quint32 connection, Direction direction, qint64 offset, qint64 size) const
{
    return m_log->read(connection, direction, offset, size);
}

std::vector<ChunkMark> Recording::chunks(quint32 connection, Direction direction, qint64 offset, qint64 size) const
{
    return m_log->chunks(connection, direction, offset, size);
}

void Recording::look(quint32 connection, Direction direction, const std::function<void(const StreamIndex&)>& see) const
{
    if (const RecordedConnection* const known = m_log->streams().known(connection)) {
        m_log->streams().look(*known, direction, see);
    }
}

QString Recording::title() const
{
    return m_log->options().title;
}

qint64 Recording::startTime() const
{
    return m_log->startTime();
}

qint64 Recording::byteCount() const
{
    return m_log->byteCount();
}

bool Recording::isFollowing() const
{
    return m_source && m_source->isFollowing();
}

void Recording::stopFollowing()
{
    if (m_source) {
        m_source->stopFollowing();
    }
}

std::vector<quint32> Recording::connectionIds() const
{
    return m_log->streams().ids();
}

ConnectionFacts Recording::factsOf(quint32 connection) const
{
    const RecordedConnection* const known = m_log->streams().known(connection);
    return known != nullptr ? known->facts : ConnectionFacts();
}

const RuleHits& Recording::ruleHits() const
{
    return m_log->ruleHits();
}

const StrikeBook& Recording::strikes() const
{
    return m_log->strikes();
}

MarkBook& Recording::marks() const
{
    return m_log->marks();
}

Failure Recording::failure() const
{
    return m_log->failure();
}

} // namespace sockeye
