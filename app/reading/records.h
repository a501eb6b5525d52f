// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/events/event.h"
#include "app/tls/tls_facts.h"
#include "protocol/framing/frame.h"

#include <QString>

#include <memory>
#include <vector>

namespace sockeye {

enum class RecordKind : quint8 {
    Message, ///< a whole message
    BadMessage, ///< bytes that the display's framing could not read, up to where the stream ended or was given up
    Error, ///< something that went wrong and has no bytes (refused, timed out, …)
    Note,
};

/// One row of the messages table. The index keeps it in 24 bytes (PackedRecord).
struct MessageRecord {
    qint64 time = 0; ///< nanoseconds since the epoch: when its last byte came or went
    qint64 offset = 0; ///< of its first byte in its stream
    qint64 size = 0; ///< bytes; 0 for records without any
    quint32 connection = 0;
    quint32 text = 0; ///< index for Capture::text(), 0 for none
    RecordKind kind = RecordKind::Message;
    Direction direction = Direction::In;
};
static_assert(sizeof(MessageRecord) <= 40);

/// What scripts learn of an Error or BadMessage record besides its text. A Note has at most a code of its
/// own (tlsCode, retransmissionCode).
struct RecordFault {
    QString code; ///< a stable name ("missing-header"); empty for bytes that merely follow an error
    qint64 offset = -1; ///< stream offset of the byte at fault, -1 where there is none
    qint64 missing = 0; ///< gapCode, cutCode: so many bytes are not there
};

enum class ConnectionState : quint8 { Open, PeerFinished, WeFinished, Closed, Reset, Failed };

/// One row of the connections table: what the capture knows of a connection, of an endpoint or from a file.
struct ConnectionRecord {
    quint32 id = 0;
    ConnectionFacts facts;
    ConnectionState state = ConnectionState::Open;
    CloseKind closeKind = CloseKind::Orderly; ///< how it ended, once it has
    qint64 openedAt = 0; ///< nanoseconds since the epoch
    qint64 closedAt = 0; ///< 0 while it is open
    qint64 peerFinishedAt = 0; ///< when its end of stream came; 0: it was not told
    qint64 weFinishedAt = 0; ///< when ours went out
    qint64 lastInAt = 0; ///< 0 before the first byte
    qint64 lastOutAt = 0;
    qint64 bytesIn = 0;
    qint64 bytesOut = 0;
    qint64 messagesIn = 0;
    qint64 messagesOut = 0;
    Progress waitingIn; ///< what the display's framing of what comes in waits for
    Progress waitingOut;
    QString error; ///< the last one, in a sentence; empty for none
    std::shared_ptr<const TlsFacts> tls; ///< what the TLS handshake came to; null without one
};

} // namespace sockeye
