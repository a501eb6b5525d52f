// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/capture/capture.h"

#include <QString>

namespace sockeye {

enum class MessageKind : quint8 { Json, Binary, Text, Error, Note };

/// What the messages table says of one message.
struct MessageSummary {
    MessageKind kind = MessageKind::Binary;
    QString text; ///< one line, without control characters
};

/// Reads no more than the beginning of the message (see summaryBytes), so that a large one costs no more than a small.
[[nodiscard]] MessageSummary summarize(const Capture& capture, const MessageRecord& record);

/// The same for bytes at hand: `bytes` are the first ones of a message of `size` bytes.
[[nodiscard]] MessageSummary summarizeBytes(FramingKind framing, QByteArrayView bytes, qint64 size);

/// Bytes of a message that are read for its summary.
inline constexpr qint64 summaryBytes = 1024;

/// The word for a kind: "JSON", "binary", …
[[nodiscard]] QString kindText(MessageKind kind);

/// Errors without bytes and notes happened to a connection, not in one of its directions.
[[nodiscard]] inline bool hasDirection(const MessageRecord& record)
{
    return record.kind == RecordKind::Message || record.kind == RecordKind::BadMessage;
}

/// Arrow and word: "← in", "→ out".
[[nodiscard]] QString directionText(Direction direction);

} // namespace sockeye
