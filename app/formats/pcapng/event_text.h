// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/events/event.h"

#include <QByteArray>

#include <optional>

/// How our own files tell what has no packet of its own. Errors and notes are packet comments, which every tool shows;
/// what a comment must hang on, where the connection has no packet to offer, and the opening and closing of UDP
/// conversations, is an IP packet of protocol 253 with one line of text. Never translated: readers parse it.
namespace sockeye::pcapng {

/// `Error [missing-header] in, byte 2: Missing …`, `Note: …`, `TLS handshake: {…}`, `Fault in, byte 120, 30 bytes:
/// latency` (of a strike) or `Rule in, byte 120: search` (of a message that met it), in UTF-8.
[[nodiscard]] QByteArray commentOf(const CaptureEvent& event);

/// Whether a comment of a strike or of a rule may begin within these bytes of a file: it stands behind the bytes that
/// it is about.
[[nodiscard]] bool mayHoldStrikes(QByteArrayView bytes);
inline constexpr qsizetype strikeHead = 20; ///< bytes that have to be together to be known

/// What the first packet of a conversation has to say in its comment, a line each; nothing where its headers say all:
/// that its bytes are what TLS carried, and the names of Unix sockets, whose addresses and ports are made up. Another
/// comment may follow on a new line.
[[nodiscard]] QByteArray marksOf(const ConnectionFacts& facts);
/// Takes from `facts` what such lines at the beginning of a comment say. Returns what follows them.
[[nodiscard]] QByteArrayView takeMarks(QByteArrayView comment, ConnectionFacts& facts);

/// On a packet behind a gap in its conversation, which its sequence number tells.
inline constexpr char gapMark[] = "Gap: bytes before this packet were left out of the capture.";

/// Fills kind, code, direction, offset and text from such a comment; false if it is none of ours.
[[nodiscard]] bool parseComment(QByteArrayView comment, CaptureEvent& event);

/// The payload of an event packet.
struct EventLine {
    EventKind kind = EventKind::Note; ///< Note stands for any comment
    quint32 connection = 0;
    CloseKind closeKind = CloseKind::Orderly; ///< Closed
    Direction direction = Direction::In; ///< Finished
    bool weConnected = false; ///< Opened
    quint16 localPort = 0; ///< Opened
    quint16 peerPort = 0; ///< Opened
};
[[nodiscard]] QByteArray toText(const EventLine& line);
[[nodiscard]] std::optional<EventLine> parseEventLine(QByteArrayView payload);

} // namespace sockeye::pcapng
