// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/capture/connection_table.h"
#include "app/capture/known_content.h"
#include "app/capture/message_log.h"

#include <span>

namespace sockeye {

/// What a capture knows of what happened: connections, streams and messages, made from its events by one thread, and
/// asked from any.
class CaptureIndex {
public:
    CaptureIndex(ProtocolPtr protocol, const Limits& limits, const ByteStore& store);

    /// Takes the next event. `pieces` says where the bytes of a segment lie.
    void add(const CaptureEvent& event, std::span<const PayloadPiece> pieces);
    /// Shows the rows made so far.
    void publish() { m_messages.publish(); }

    [[nodiscard]] const MessageLog& messages() const { return m_messages; }
    [[nodiscard]] const ConnectionTable& connections() const { return m_connections; }

private:
    using Entry = ConnectionTable::Entry;
    Entry& entryFor(const CaptureEvent& event);
    [[nodiscard]] StreamDecoder* decoderFor(Entry& entry, Direction direction);
    void segment(const CaptureEvent& event, std::span<const PayloadPiece> pieces);
    void finish(Entry& entry, Direction direction, qint64 time);
    void close(const CaptureEvent& event);
    void error(const CaptureEvent& event);
    void tls(const CaptureEvent& event);
    void gap(const CaptureEvent& error);
    void row(const CaptureEvent& event, RecordKind kind);
    /// Rows for the messages in m_frames; `bytes` are those of the stream from `begin` on.
    qint64 addFrames(Entry& entry, Direction direction, qint64 time, QByteArrayView bytes, qint64 begin);
    void addBad(Entry& entry, Direction direction, qint64 time, const StreamDecoder::Bad& bad);
    [[nodiscard]] std::optional<Error> check(
        const Entry& entry, Direction direction, const Frame& frame, QByteArrayView bytes, qint64 begin);

    const ProtocolPtr m_protocol;
    const Limits m_limits;
    const ByteStore& m_store;
    ConnectionTable m_connections;
    MessageLog m_messages;
    Frames m_frames; ///< scratch
    KnownContent m_known;
};

} // namespace sockeye
