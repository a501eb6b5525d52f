// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/address.h"
#include "protocol/sender.h"
#include "protocol/transport.h"

#include <QByteArray>
#include <QString>

namespace sockeye {

/// Seen from the endpoint that captured: In was read from the socket, Out was written to it.
enum class Direction : quint8 { In, Out };

enum class EventKind : quint8 {
    Opened, ///< a connection was accepted or established
    Chunk, ///< bytes of one read or one write of a socket
    Finished, ///< one side sent its end of stream (FIN): In = the peer did, Out = we did
    Closed, ///< the connection is over
    Error, ///< something went wrong with a connection, or (connection 0) with the endpoint
    Note, ///< something worth knowing
};

enum class CloseKind : quint8 {
    Orderly, ///< both sides were done
    ResetByPeer,
    ResetByUs,
    Failed, ///< never opened, or lost
};

/// Which side of a relayed conversation something is about.
enum class Leg : quint8 {
    None, ///< it is no relay's, or both are meant
    Client, ///< between the client and us
    Target, ///< between us and the target
};

/// Who a connection is between.
struct ConnectionFacts {
    Transport transport = Transport::Tcp;
    SocketAddress local;
    SocketAddress peer;
    bool weConnected = false; ///< true for a client: we sent the SYN
    bool midway = false; ///< the first bytes known are somewhere in the streams: a file that began later
    bool tls = false; ///< the bytes are what TLS carried, decrypted; streams only

    [[nodiscard]] bool isUnix() const { return peer.isUnix() || local.isUnix(); }
};

/// Who sends what goes in that direction.
[[nodiscard]] constexpr Sender senderOf(const ConnectionFacts& facts, Direction direction)
{
    return (direction == Direction::Out) == facts.weConnected ? Sender::Client : Sender::Server;
}

/// One thing that happened. Views are valid as long as the documentation of who hands it out says.
struct CaptureEvent {
    EventKind kind = EventKind::Note;
    Direction direction = Direction::In; ///< Chunk, Finished
    CloseKind closeKind = CloseKind::Orderly; ///< Closed
    quint32 connection = 0; ///< from 1; 0 is the endpoint itself
    qint64 time = 0; ///< nanoseconds since the epoch
    QByteArrayView bytes; ///< Chunk
    ConnectionFacts facts; ///< Opened
    QString code; ///< Error: a stable name for scripts. Note: tlsCode, or empty
    QString text; ///< Error, Note: a sentence for people; of a tlsCode: TlsFacts as JSON
    qint64 offset = -1; ///< Error: stream offset of the byte at fault, -1 where there is none
    qint64 missing = 0; ///< Error: so many bytes of the stream are not there from `offset` on, or from its end so far
    Leg leg = Leg::None; ///< Error, Note: as it happens; a file does not keep it
    QByteArray script; ///< Note: a line of JSON that scripts get in its place, as it happens; not kept by files
};

/// CaptureEvent::code where bytes are missing, and RecordFault::code of what they cut off.
inline constexpr QLatin1StringView gapCode("gap");
/// CaptureEvent::code where a datagram is not whole, because the capture kept no more of it; `missing` bytes.
inline constexpr QLatin1StringView cutCode("cut");
/// CaptureEvent::code and RecordFault::code of a Note that tells of a segment that was sent again, in a file of
/// packets; `direction` is the segment's.
inline constexpr QLatin1StringView retransmissionCode("retransmission");
/// CaptureEvent::code and RecordFault::code of a Note that tells what a TLS handshake came to.
inline constexpr QLatin1StringView tlsCode("tls");

/// CaptureEvent::code of a Note that only observers are told of: so many bytes of what came in that direction have been
/// passed on (`offset`).
inline constexpr QLatin1StringView passedCode("passed");

/// CaptureEvent::code of a Note that says which rule the message at `offset` of that direction has met: `text` is its
/// title, empty where it met none. It is no row: the recording keeps it in its RuleHits, a file in a comment of a
/// packet.
inline constexpr QLatin1StringView ruleCode("rule");

/// CaptureEvent::code of a Note that says which fault of a relay struck `missing` bytes of that direction at `offset`:
/// `text` is its name. It is no row: the recording keeps it in its StrikeBook, a file in a comment of a packet.
inline constexpr QLatin1StringView strikeCode("strike");

/// What people read where the recording of an endpoint left bytes out.
[[nodiscard]] QString leftOutText(qint64 bytes);

/// Nanoseconds since the epoch. Never goes back while the program runs.
[[nodiscard]] qint64 captureNow();

} // namespace sockeye
