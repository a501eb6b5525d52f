// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/reading/capture.h"
#include "ui/messages/message_columns.h"

#include <QString>

#include <optional>

namespace sockeye {

/// Reads no more than the beginning of the message (Protocol::summaryBytes()), so that a large one costs no more than a
/// small.
[[nodiscard]] MessageSummary summarize(const Capture& capture, const MessageRecord& record);

/// What stands in a cell of the messages table. Kind and summary are read from the capture, unless `summary` is given.
/// `latency`: in nanoseconds, of a reply.
[[nodiscard]] QString cellText(const Capture& capture, const MessageRecord& record, MessageColumn column,
    const MessageSummary* summary = nullptr, std::optional<qint64> latency = std::nullopt);

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
