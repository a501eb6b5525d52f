// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/capture/capture.h"

#include "app/capture/capture_chunk.h"
#include "app/capture/capture_private.h"
#include "app/capture/capture_saver.h"
#include "app/capture/capture_thread.h"
#include "app/capture/reader/file_store.h"

#include <future>

namespace sockeye {

Capture::Capture()
    : d(std::make_unique<CapturePrivate>())
{
}

std::shared_ptr<Capture> Capture::create(const CaptureOptions& options)
{
    std::shared_ptr<Capture> capture(new Capture);
    capture->d->log = std::make_shared<CaptureLog>(options);
    // Handed to the capture thread under our own lock. The first chunk comes through another thread, which has it from
    // an event of Qt's: in order as well, but by a lock that a thread sanitizer cannot see.
    CaptureThread::instance().run(capture->d->log, [] {});
    return capture;
}

std::shared_ptr<Capture> Capture::open(const QString& file, const CaptureOptions& options)
{
    std::shared_ptr<Capture> capture(new Capture);
    capture->d->log = std::make_shared<CaptureLog>(options, std::make_unique<FileStore>(file));
    capture->d->import = std::make_unique<FileImport>(capture->d->log, options.follow);
    return capture;
}

Capture::~Capture()
{
    if (d->import) {
        d->import.reset();
        return;
    }
    // Whoever is last lets go of the spool, which may mean to remove a large file: not here.
    CaptureThread::instance().run(std::move(d->log), [] {});
}

std::shared_ptr<WriterLane> Capture::join()
{
    return CaptureThread::instance().join(*d->log);
}

void Capture::leave(const std::shared_ptr<WriterLane>& lane)
{
    CaptureThread::instance().leave(*d->log, lane);
}

void Capture::handOver(const std::shared_ptr<WriterLane>& lane, std::unique_ptr<CaptureChunk> chunk)
{
    CaptureThread::instance().post(d->log, lane, std::move(chunk));
}

bool Capture::leavesOut() const
{
    return d->log->leavesOut();
}

void Capture::leaveOut(qint64 bytes)
{
    d->log->leaveOut(bytes);
}

void Capture::setWhenFull(WhenFull choice)
{
    d->log->setWhenFull(choice);
}

LeftOut Capture::leftOut() const
{
    return d->log->leftOut();
}

bool Capture::wantsEvents() const
{
    return d->log->options().record || d->log->options().observer;
}

void Capture::waitUntilIdle()
{
    if (d->import) {
        d->import->wait();
        return;
    }
    CaptureThread& thread = CaptureThread::instance();
    if (thread.isCurrent()) {
        return;
    }
    std::promise<void> done;
    thread.run(d->log, [&done] { done.set_value(); });
    done.get_future().wait();
}

void Capture::save(const QString& file, std::function<void(const Failure&)> done)
{
    CaptureThread::instance().run(d->log,
        [log = d->log, file, done = std::move(done)]() mutable { saveCapture(std::move(log), file, std::move(done)); });
}

qsizetype Capture::messageCount() const
{
    return d->log->index() ? d->log->index()->messages().count() : 0;
}

MessageRecord Capture::message(qsizetype row) const
{
    return d->log->index() ? d->log->index()->messages().at(row) : MessageRecord();
}

QString Capture::text(quint32 index) const
{
    return d->log->index() ? d->log->index()->messages().text(index) : QString();
}

RecordFault Capture::fault(quint32 index) const
{
    return d->log->index() ? d->log->index()->messages().fault(index) : RecordFault();
}

QList<ConnectionRecord> Capture::connectionsSince(quint64& revision) const
{
    return d->log->index() ? d->log->index()->connections().changedSince(revision) : QList<ConnectionRecord>();
}

std::optional<ConnectionRecord> Capture::connection(quint32 id) const
{
    return d->log->index() ? d->log->index()->connections().record(id) : std::nullopt;
}

QByteArray Capture::read(quint32 connection, Direction direction, qint64 offset, qint64 size) const
{
    return d->log->read(connection, direction, offset, size);
}

std::vector<SegmentMark> Capture::segments(quint32 connection, Direction direction, qint64 offset, qint64 size) const
{
    return d->log->segments(connection, direction, offset, size);
}

const ProtocolPtr& Capture::protocolOf(quint32 connection) const
{
    const bool isDatagrams =
        d->log->index() && d->log->index()->connections().transportOf(connection) == Transport::Udp;
    return isDatagrams ? protocolForDatagrams(protocol()) : protocol();
}

const ProtocolPtr& Capture::protocol() const
{
    return d->log->options().protocol;
}

const Limits& Capture::limits() const
{
    return d->log->options().limits;
}

qint64 Capture::startTime() const
{
    return d->log->startTime();
}

qint64 Capture::byteCount() const
{
    return d->log->byteCount();
}

double Capture::progress() const
{
    return d->log->progress();
}

void Capture::cancelReading()
{
    if (d->import) {
        d->import->cancel();
    }
}

bool Capture::isFollowing() const
{
    return d->import && d->import->isFollowing();
}

void Capture::stopFollowing()
{
    if (d->import) {
        d->import->stopFollowing();
    }
}

Failure Capture::failure() const
{
    return d->log->failure();
}

} // namespace sockeye
