// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/reading/connection_table.h"
#include "app/reading/known_content.h"
#include "app/reading/message_log.h"
#include "app/reading/silence_queue.h"
#include "app/recording/event_sink.h"
#include "app/recording/stream_table.h"
#include "protocol/protocols/registry.h"

namespace sockeye {

class CaptureLog;

/// How one protocol sees a recording: messages, errors, and what each connection waits for. Made from the events of the
/// recording, by one thread at a time, and asked from any.
class ReadingIndex final : public EventSink {
public:
    /// `streams` and `store` are those of the recording, and outlive this.
    ReadingIndex(ProtocolPtr protocol, const Limits& limits, const StreamTable& streams, const ByteStore& store);

    void add(const RecordedEvent& recorded) override;
    qint64 silence(qint64 until) override;
    /// Shows the rows made so far.
    void publish() override { m_messages.publish(); }
    /// From now on the thread that writes the store calls add(): what it has not written yet can be read back, too.
    void followWriter() { m_followsWriter = true; }

    [[nodiscard]] const ProtocolPtr& protocol() const { return m_protocol; }
    [[nodiscard]] const Limits& limits() const { return m_limits; }
    [[nodiscard]] const MessageLog& messages() const { return m_messages; }
    [[nodiscard]] const ConnectionTable& connections() const { return m_connections; }

private:
    using Entry = ConnectionTable::Entry;
    Entry& entryFor(const RecordedEvent& recorded);
    [[nodiscard]] StreamDecoder* decoderFor(Entry& entry, Direction direction);
    void chunk(const RecordedEvent& recorded);
    void endBySilence(Entry& entry, Direction direction, qint64 until);
    void lostChunk(const RecordedEvent& recorded);
    void finish(Entry& entry, Direction direction, qint64 time);
    void close(const CaptureEvent& event);
    void error(const CaptureEvent& event);
    void tls(const CaptureEvent& event);
    void gap(const RecordedEvent& recorded);
    void row(const CaptureEvent& event, RecordKind kind);
    /// Rows for the messages in m_frames; `bytes` are those of the stream from `begin` on.
    qint64 addFrames(Entry& entry, Direction direction, qint64 time, QByteArrayView bytes, qint64 begin);
    void addBad(Entry& entry, Direction direction, qint64 time, const StreamDecoder::Bad& bad);
    [[nodiscard]] std::optional<Error> check(
        const Entry& entry, Direction direction, const Frame& frame, QByteArrayView bytes, qint64 begin);
    /// Content that came in chunks before; null if the recording has lost some of it.
    [[nodiscard]] QByteArray fetch(const Entry& entry, Direction direction, qint64 offset, qint64 size) const;

    const ProtocolPtr m_protocol;
    const Limits m_limits;
    const StreamTable& m_streams;
    const ByteStore& m_store;
    ConnectionTable m_connections;
    MessageLog m_messages;
    SilenceQueue<Entry*> m_silences; ///< empty for most protocols
    Frames m_frames; ///< scratch
    KnownContent m_known;
    bool m_followsWriter = false;
};

/// A reading of everything that `log` is told from now on; null if the log keeps nothing. For a new log.
[[nodiscard]] std::shared_ptr<ReadingIndex> readFromBeginning(
    CaptureLog& log, const ProtocolPtr& protocol, const Limits& limits);

} // namespace sockeye
