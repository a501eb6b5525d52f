// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/capture/capture.h"

#include "app/capture/capture_log.h"
#include "app/capture/capture_thread.h"
#include "app/capture/reader/file_import.h"
#include "app/capture/reader/file_store.h"
#include "app/capture/rereading.h"

namespace sockeye {

Capture::Capture(
    std::shared_ptr<CaptureLog> log, std::shared_ptr<FileImport> import, std::shared_ptr<ReadingIndex> reading)
    : Recording(std::move(log), std::move(import))
    , m_reading(std::move(reading))
    , m_protocol(m_reading ? m_reading->protocol() : this->log()->options().protocol)
    , m_limits(m_reading ? m_reading->limits() : this->log()->options().limits)
{
}

std::shared_ptr<Capture> Capture::create(const CaptureOptions& options)
{
    auto log = std::make_shared<CaptureLog>(options);
    // Handed to the capture thread under our own lock. The first chunk comes through another thread, which has it from
    // an event of Qt's: in order as well, but by a lock that a thread sanitizer cannot see.
    CaptureThread::instance().run(log, [] {});
    std::shared_ptr<ReadingIndex> reading = log->index();
    return std::shared_ptr<Capture>(new Capture(std::move(log), nullptr, std::move(reading)));
}

std::shared_ptr<Capture> Capture::open(const QString& file, const CaptureOptions& options)
{
    auto log = std::make_shared<CaptureLog>(options, std::make_unique<FileStore>(file, FileStore::Opening::Later));
    std::shared_ptr<ReadingIndex> reading = log->index();
    auto import = std::make_shared<FileImport>(log, options.follow);
    return std::shared_ptr<Capture>(new Capture(std::move(log), std::move(import), std::move(reading)));
}

std::shared_ptr<Capture> Capture::readAnew(const ProtocolPtr& protocol, const Limits& limits) const
{
    std::shared_ptr<ReadingIndex> reading;
    if (log()->isKept()) {
        reading = std::make_shared<ReadingIndex>(protocol, limits, log()->streams(), log()->store());
    }
    std::shared_ptr<Capture> capture(new Capture(log(), import(), reading));
    if (reading) {
        capture->m_rereading = std::make_unique<Rereading>(log(), std::move(reading));
    }
    return capture;
}

Capture::~Capture()
{
    if (m_rereading) {
        m_rereading->cancel();
    }
    // There may be much to free, and somebody may be adding to it: not here.
    CaptureThread::instance().run(log(), [log = log(), reading = std::move(m_reading)] {
        if (reading) {
            log->detach(reading.get());
        }
    });
}

qsizetype Capture::messageCount() const
{
    return m_reading ? m_reading->messages().count() : 0;
}

MessageRecord Capture::message(qsizetype row) const
{
    return m_reading ? m_reading->messages().at(row) : MessageRecord();
}

QString Capture::text(quint32 index) const
{
    return m_reading ? m_reading->messages().text(index) : QString();
}

RecordFault Capture::fault(quint32 index) const
{
    return m_reading ? m_reading->messages().fault(index) : RecordFault();
}

QList<ConnectionRecord> Capture::connectionsSince(quint64& revision) const
{
    return m_reading ? m_reading->connections().changedSince(revision) : QList<ConnectionRecord>();
}

std::optional<ConnectionRecord> Capture::connection(quint32 id) const
{
    return m_reading ? m_reading->connections().record(id) : std::nullopt;
}

ProtocolPtr Capture::protocolOf(quint32 connection, Direction direction) const
{
    const RecordedConnection* const known = log()->streams().known(connection);
    if (!known) {
        return m_protocol;
    }
    const ProtocolPtr& both = known->facts.transport == Transport::Udp ? protocolForDatagrams(m_protocol) : m_protocol;
    return spokenBy(both, senderOf(known->facts, direction));
}

const ProtocolPtr& Capture::protocol() const
{
    return m_protocol;
}

const Limits& Capture::limits() const
{
    return m_limits;
}

double Capture::progress() const
{
    return isReadAnew() ? m_rereading->progress() : log()->progress();
}

bool Capture::isReadAnew() const
{
    return m_rereading && m_rereading->progress() < 1.0;
}

void Capture::cancelReading()
{
    if (isReadAnew()) {
        m_rereading->cancel();
    } else if (import()) {
        import()->cancel();
    }
}

void Capture::waitUntilIdle()
{
    Recording::waitUntilIdle();
    if (m_rereading && !CaptureThread::instance().isCurrent()) {
        m_rereading->wait();
        if (!import()) {
            Recording::waitUntilIdle(); // what came meanwhile
        }
    }
}

} // namespace sockeye
