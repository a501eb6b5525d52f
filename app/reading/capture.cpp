// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/reading/capture.h"

#include "app/formats/reader/pcapng_converter.h"
#include "app/reading/reading_index.h"
#include "app/reading/rereading.h"
#include "app/recording/capture_log.h"
#include "app/recording/capture_thread.h"
#include "app/recording/recording_source.h"
#include "app/storage/file_store.h"

namespace sockeye {

Capture::Capture(std::shared_ptr<CaptureLog> log, std::shared_ptr<RecordingSource> source,
    std::shared_ptr<ReadingIndex> reading, ProtocolPtr protocol, const Limits& limits)
    : Recording(std::move(log), std::move(source))
    , m_reading(std::move(reading))
    , m_protocol(std::move(protocol))
    , m_limits(limits)
{
}

std::shared_ptr<Capture> Capture::create(const CaptureOptions& options)
{
    auto log = std::make_shared<CaptureLog>(options);
    std::shared_ptr<ReadingIndex> reading = readFromBeginning(*log, options.protocol, options.limits);
    // Handed to the capture thread under our own lock. The first batch comes through another thread, which has it from
    // an event of Qt's: in order as well, but by a lock that a thread sanitizer cannot see.
    CaptureThread::instance().run(log, [] {});
    return std::shared_ptr<Capture>(
        new Capture(std::move(log), nullptr, std::move(reading), options.protocol, options.limits));
}

std::shared_ptr<Capture> Capture::open(const QString& file, const CaptureOptions& options)
{
    auto owned = std::make_unique<FileStore>(file, FileStore::Opening::Later);
    FileStore& store = *owned;
    auto log = std::make_shared<CaptureLog>(
        options, std::move(owned), [&store](const QString& name, const pcapng::CommentChanges& changes) {
            return saveAsPcapng(store, changes, name);
        });
    std::shared_ptr<ReadingIndex> reading = readFromBeginning(*log, options.protocol, options.limits);
    auto import = std::make_shared<FileImport>(log, store, options.follow);
    return std::shared_ptr<Capture>(
        new Capture(std::move(log), std::move(import), std::move(reading), options.protocol, options.limits));
}

std::shared_ptr<Capture> Capture::readAnew(const ProtocolPtr& protocol, const Limits& limits) const
{
    if (!log()->isKept()) {
        return std::shared_ptr<Capture>(new Capture(log(), source(), nullptr, m_protocol, m_limits));
    }
    auto reading = std::make_shared<ReadingIndex>(protocol, limits, log()->streams(), log()->store());
    std::shared_ptr<Capture> capture(new Capture(log(), source(), reading, protocol, limits));
    capture->m_rereading = std::make_unique<Rereading>(log(), std::move(reading));
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
    } else if (source()) {
        source()->cancel();
    }
}

void Capture::waitUntilIdle()
{
    Recording::waitUntilIdle();
    if (m_rereading && !CaptureThread::instance().isCurrent()) {
        m_rereading->wait();
        if (!source()) {
            Recording::waitUntilIdle(); // what came meanwhile
        }
    }
}

} // namespace sockeye
