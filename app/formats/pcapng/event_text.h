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

/// `Error [missing-header] in, byte 2: Missing …`, `Note: …` or `TLS handshake: {…}`, in UTF-8.
[[nodiscard]] QByteArray commentOf(const CaptureEvent& event);
/// On the first packet of a conversation whose bytes are what TLS carried; another comment may follow on a new line.
inline constexpr char tlsMark[] = "TLS: the bytes of this conversation are what TLS carried, decrypted.";

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
