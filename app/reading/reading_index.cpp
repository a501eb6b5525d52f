// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/reading/reading_index.h"

#include "app/recording/capture_log.h"
#include "app/storage/payload_reader.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

std::size_t slot(Direction direction)
{
    return static_cast<std::size_t>(direction);
}

} // namespace

ReadingIndex::ReadingIndex(
    ProtocolPtr protocol, const Limits& limits, const StreamTable& streams, const ByteStore& store)
    : m_protocol(std::move(protocol))
    , m_limits(limits)
    , m_streams(streams)
    , m_store(store)
{
}

void ReadingIndex::add(const RecordedEvent& recorded)
{
    const CaptureEvent& event = recorded.event;
    if (!m_silences.isEmpty()) {
        (void)silence(event.time); // in the order of time, also when what happened is read again
    }
    switch (event.kind) {
    case EventKind::Opened:
        entryFor(recorded);
        break;
    case EventKind::Chunk:
        recorded.lost > 0 ? lostChunk(recorded) : chunk(recorded);
        break;
    case EventKind::Finished:
        if (Entry* entry = m_connections.find(event.connection)) {
            finish(*entry, event.direction, event.time);
            m_connections.change(*entry, [&event](Entry& changed) {
                const bool in = event.direction == Direction::In;
                changed.record.state = in ? ConnectionState::PeerFinished : ConnectionState::WeFinished;
                (in ? changed.record.peerFinishedAt : changed.record.weFinishedAt) = event.time;
            });
        }
        break;
    case EventKind::Closed:
        close(event);
        break;
    case EventKind::Error:
        event.missing > 0 ? gap(recorded) : error(event);
        break;
    case EventKind::Note:
        event.code == tlsCode ? tls(event) : row(event, RecordKind::Note);
        break;
    }
}

ConnectionTable::Entry& ReadingIndex::entryFor(const RecordedEvent& recorded)
{
    const CaptureEvent& event = recorded.event;
    if (Entry* known = m_connections.find(event.connection)) {
        return *known;
    }
    return m_connections.add(
        event.connection, recorded.connection ? recorded.connection->facts : event.facts, event.time);
}

StreamDecoder* ReadingIndex::decoderFor(Entry& entry, Direction direction)
{
    // Made when there is something to decode: a file may hold a million connections without a byte.
    auto& decoder = entry.decoders[slot(direction)];
    if (!decoder && entry.record.facts.transport == Transport::Tcp && entry.record.closedAt == 0) {
        const auto start = entry.record.facts.midway ? StreamDecoder::Start::Midway : StreamDecoder::Start::Seen;
        decoder = std::make_unique<StreamDecoder>(
            spokenBy(m_protocol, senderOf(entry.record.facts, direction)), m_limits, start);
        if (!entry.dialogue) {
            entry.dialogue = m_protocol->newDialogue();
        }
        decoder->join(entry.dialogue);
    }
    return decoder.get();
}

void ReadingIndex::chunk(const RecordedEvent& recorded)
{
    const CaptureEvent& event = recorded.event;
    Entry& entry = entryFor(recorded);
    std::optional<StreamDecoder::Bad> bad;
    Progress waiting;
    StreamDecoder* const decoder = decoderFor(entry, event.direction);
    m_frames.clear();
    if (decoder) {
        bad = decoder->feed(event.bytes, m_frames, event.time);
        waiting = decoder->progress();
        if (decoder->silentAt() != 0) {
            m_silences.listen(&entry, decoder->silentAt());
        }
        if (const std::optional<StreamDecoder::Bad> skipped = decoder->takeSkipped()) {
            addBad(entry, event.direction, event.time, *skipped);
        }
    } else if (entry.record.facts.transport == Transport::Udp) {
        m_frames.push_back({ recorded.offset, event.bytes.size(), 0, nullptr }); // a datagram is a message
    } else {
        bad = StreamDecoder::Bad { recorded.offset, event.bytes.size(), {} }; // after the connection was closed
    }
    const qint64 messages = addFrames(entry, event.direction, event.time, event.bytes, recorded.offset);
    if (bad) {
        addBad(entry, event.direction, event.time, *bad);
    }
    m_connections.change(entry, [&](Entry& changed) {
        const bool in = event.direction == Direction::In;
        (in ? changed.record.lastInAt : changed.record.lastOutAt) = event.time;
        (in ? changed.record.bytesIn : changed.record.bytesOut) += event.bytes.size();
        (in ? changed.record.messagesIn : changed.record.messagesOut) += messages;
        (in ? changed.record.waitingIn : changed.record.waitingOut) = waiting;
    });
}

/// The message that nothing followed up to `until`, if it was long enough.
void ReadingIndex::endBySilence(Entry& entry, Direction direction, qint64 until)
{
    StreamDecoder* const decoder = entry.decoders[slot(direction)].get();
    const qint64 silentAt = decoder ? decoder->silentAt() : 0;
    if (silentAt == 0 || silentAt > until) {
        return;
    }
    m_frames.clear();
    decoder->silence(m_frames);
    const qint64 messages = addFrames(entry, direction, decoder->lastTime(), {}, 0);
    m_connections.change(entry, [&](Entry& changed) {
        const bool in = direction == Direction::In;
        (in ? changed.record.messagesIn : changed.record.messagesOut) += messages;
        (in ? changed.record.waitingIn : changed.record.waitingOut) = decoder->progress();
    });
}

qint64 ReadingIndex::silence(qint64 until)
{
    return m_silences.tell(until, [&](Entry* entry) {
        qint64 next = 0;
        for (const Direction direction : { Direction::In, Direction::Out }) {
            endBySilence(*entry, direction, until);
            const StreamDecoder* const decoder = entry->decoders[slot(direction)].get();
            const qint64 its = decoder ? decoder->silentAt() : 0;
            next = next == 0 || (its != 0 && its < next) ? its : next;
        }
        return next;
    });
}

/// Its bytes came, and could not be kept: as good as a gap, for who reads later.
void ReadingIndex::lostChunk(const RecordedEvent& recorded)
{
    const CaptureEvent& event = recorded.event;
    Entry& entry = entryFor(recorded);
    m_frames.clear();
    std::optional<StreamDecoder::Bad> bad;
    Progress waiting;
    qint64 messages = 0;
    if (StreamDecoder* decoder = decoderFor(entry, event.direction)) {
        bad = decoder->gap(recorded.lost, m_frames);
        waiting = decoder->progress();
        messages = addFrames(entry, event.direction, event.time, {}, 0);
    } else if (entry.record.facts.transport == Transport::Udp) {
        MessageRecord record;
        record.time = event.time;
        record.offset = recorded.offset;
        record.size = recorded.lost;
        record.connection = event.connection;
        record.direction = event.direction;
        m_messages.append(record);
        messages = 1;
    }
    if (bad) {
        addBad(entry, event.direction, event.time, *bad);
    }
    m_connections.change(entry, [&](Entry& changed) {
        const bool in = event.direction == Direction::In;
        (in ? changed.record.lastInAt : changed.record.lastOutAt) = event.time;
        (in ? changed.record.bytesIn : changed.record.bytesOut) += recorded.lost;
        (in ? changed.record.messagesIn : changed.record.messagesOut) += messages;
        (in ? changed.record.waitingIn : changed.record.waitingOut) = waiting;
    });
}

void ReadingIndex::gap(const RecordedEvent& recorded)
{
    const CaptureEvent& error = recorded.event;
    Entry& entry = entryFor(recorded);
    if (entry.record.facts.transport == Transport::Udp) {
        row(error, RecordKind::Error); // datagrams are missing: what is there is whole
        return;
    }
    CaptureEvent told = error;
    told.offset = recorded.offset;
    m_frames.clear();
    std::optional<StreamDecoder::Bad> bad;
    Progress waiting;
    if (StreamDecoder* decoder = decoderFor(entry, error.direction)) {
        bad = decoder->gap(error.missing, m_frames);
        waiting = decoder->progress();
    }
    const qint64 messages = addFrames(entry, error.direction, error.time, {}, 0);
    if (bad) {
        addBad(entry, error.direction, error.time, *bad);
    }
    m_connections.change(entry, [&](Entry& changed) {
        const bool in = error.direction == Direction::In;
        (in ? changed.record.messagesIn : changed.record.messagesOut) += messages;
        (in ? changed.record.waitingIn : changed.record.waitingOut) = waiting; // not for what was before the gap
    });
    row(told, RecordKind::Error);
}

void ReadingIndex::finish(Entry& entry, Direction direction, qint64 time)
{
    StreamDecoder* decoder = entry.decoders[slot(direction)].get();
    if (!decoder || decoder->isFinished()) {
        return;
    }
    m_frames.clear();
    const std::optional<StreamDecoder::Bad> bad = decoder->finish(m_frames);
    const qint64 messages = addFrames(entry, direction, time, {}, 0);
    if (bad) {
        addBad(entry, direction, time, *bad);
    }
    m_connections.change(entry, [&](Entry& changed) {
        const bool in = direction == Direction::In;
        (in ? changed.record.messagesIn : changed.record.messagesOut) += messages;
        (in ? changed.record.waitingIn : changed.record.waitingOut) = {};
    });
}

void ReadingIndex::close(const CaptureEvent& event)
{
    Entry* entry = m_connections.find(event.connection);
    if (!entry || entry->record.closedAt != 0) {
        return;
    }
    // In the order in which a file of ours tells the two ends of stream.
    finish(*entry, Direction::Out, event.time);
    finish(*entry, Direction::In, event.time);
    for (auto& decoder : entry->decoders) {
        decoder.reset();
    }
    entry->dialogue.reset();
    m_connections.change(*entry, [&event](Entry& changed) {
        changed.record.closedAt = event.time;
        changed.record.closeKind = event.closeKind;
        switch (event.closeKind) {
        case CloseKind::Orderly:
            changed.record.state = ConnectionState::Closed;
            break;
        case CloseKind::ResetByPeer:
        case CloseKind::ResetByUs:
            changed.record.state = ConnectionState::Reset;
            break;
        case CloseKind::Failed:
            changed.record.state = ConnectionState::Failed;
            break;
        }
    });
}

void ReadingIndex::error(const CaptureEvent& event)
{
    if (Entry* entry = m_connections.find(event.connection)) {
        if (event.code == codeName(ErrorCode::Truncated)) {
            finish(*entry, event.direction, event.time); // the endpoint saw the end of the stream, which may come next
        }
        m_connections.change(*entry, [&event](Entry& changed) { changed.record.error = event.text; });
        // Where endpoint and display agree, one row tells it: the display's, which has the bytes.
        std::optional<ErrorCode>& last = entry->lastError[slot(event.direction)];
        if (last && event.code == codeName(*last)) {
            last.reset();
            return;
        }
    }
    row(event, RecordKind::Error);
}

/// A row in words; the facts themselves stay with the connection.
void ReadingIndex::tls(const CaptureEvent& event)
{
    const std::optional<TlsFacts> facts = tlsFactsFromJson(event.text.toUtf8());
    CaptureEvent told = event;
    if (facts) {
        told.text = summary(*facts);
        if (Entry* const entry = m_connections.find(event.connection)) {
            m_connections.change(
                *entry, [&facts](Entry& changed) { changed.record.tls = std::make_shared<const TlsFacts>(*facts); });
        }
    }
    row(told, RecordKind::Note);
}

void ReadingIndex::row(const CaptureEvent& event, RecordKind kind)
{
    MessageRecord record;
    record.time = event.time;
    record.offset = std::max<qint64>(event.offset, 0);
    record.connection = event.connection;
    record.kind = kind;
    record.direction = event.direction;
    m_messages.append(record, event.text, { event.code, event.offset, event.missing });
}

qint64 ReadingIndex::addFrames(Entry& entry, Direction direction, qint64 time, QByteArrayView bytes, qint64 begin)
{
    qint64 messages = 0;
    MessageRecord record;
    record.time = time;
    record.connection = entry.record.id;
    record.direction = direction;
    for (const Frame& frame : m_frames) {
        if (std::optional<Error> wrong = check(entry, direction, frame, bytes, begin)) {
            addBad(entry, direction, time, { frame.offset, frame.size, std::move(wrong) });
            continue;
        }
        record.offset = frame.offset;
        record.size = frame.size;
        m_messages.append(record);
        ++messages;
    }
    return messages;
}

void ReadingIndex::addBad(Entry& entry, Direction direction, qint64 time, const StreamDecoder::Bad& bad)
{
    MessageRecord record;
    record.time = time;
    record.offset = bad.offset;
    record.size = bad.size;
    record.connection = entry.record.id;
    record.kind = RecordKind::BadMessage;
    record.direction = direction;
    if (!bad.error) {
        const char* text = bad.gap ? QT_TRANSLATE_NOOP("Capture", "%n byte(s) of messages whose beginning is missing.")
                                   : QT_TRANSLATE_NOOP("Capture", "%n more byte(s) after the error.");
        m_messages.append(record,
            QCoreApplication::translate("Capture", text, nullptr,
                static_cast<int>(std::min<qint64>(bad.size, std::numeric_limits<int>::max()))));
        return;
    }
    if (bad.gap) {
        m_messages.append(record,
            QCoreApplication::translate("Capture", "Only %1 of %2 are here, then comes a gap.")
                .arg(bad.error->found, bad.error->expected),
            { gapCode, bad.error->offset });
        return;
    }
    const QString text = describe(*bad.error);
    m_messages.append(record, text, { QString(codeName(bad.error->code)), bad.error->offset });
    entry.lastError[slot(direction)] = bad.error->code;
    m_connections.change(entry, [&text](Entry& changed) { changed.record.error = text; });
}

std::optional<Error> ReadingIndex::check(
    const Entry& entry, Direction direction, const Frame& frame, QByteArrayView bytes, qint64 begin)
{
    const Protocol& protocol = m_protocol->spokenBy(senderOf(entry.record.facts, direction));
    if (!protocol.checksContent(frame)) {
        return std::nullopt;
    }
    const qint64 offset = frame.offset + frame.contentOffset;
    const qint64 size = frame.size - frame.contentOffset;
    QByteArray gathered;
    QByteArrayView content;
    if (offset >= begin && offset + size <= begin + bytes.size()) {
        content = bytes.sliced(offset - begin, size);
    } else {
        // Content of several chunks: fetched back once, now that it is whole.
        gathered = fetch(entry, direction, offset, size);
        if (gathered.isNull()) {
            return std::nullopt; // the framing, at least, found it whole
        }
        content = gathered;
    }
    const QByteArray form = protocol.contentForm(frame);
    if (m_known.holds(direction, form, content)) {
        return std::nullopt;
    }
    const Result<void> result = protocol.check(frame, content, m_limits);
    if (result) {
        m_known.keep(direction, form, content);
        return std::nullopt;
    }
    return result.error();
}

QByteArray ReadingIndex::fetch(const Entry& entry, Direction direction, qint64 offset, qint64 size) const
{
    const RecordedConnection* const connection = m_streams.known(entry.record.id);
    if (!connection) {
        return {};
    }
    const qint64 readable = m_followsWriter ? std::numeric_limits<qint64>::max() : m_store.readableEnd();
    std::vector<PayloadPiece> pieces;
    qint64 end = offset;
    m_streams.look(*connection, direction, [&](const StreamIndex& stream) {
        end = stream.locate(offset, size, readable, std::numeric_limits<qsizetype>::max(), pieces);
    });
    if (end < offset + size) {
        return {};
    }
    QByteArray content(size, Qt::Uninitialized);
    return readPieces(m_store, pieces, content.data(), m_followsWriter) < size ? QByteArray() : content;
}

std::shared_ptr<ReadingIndex> readFromBeginning(CaptureLog& log, const ProtocolPtr& protocol, const Limits& limits)
{
    if (!log.isKept()) {
        return nullptr;
    }
    auto reading = std::make_shared<ReadingIndex>(protocol, limits, log.streams(), log.store());
    reading->followWriter();
    log.attach(reading);
    return reading;
}

} // namespace sockeye
