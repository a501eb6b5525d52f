// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/models/inspected_message.h"

#include <QString>

#include <vector>

namespace sockeye {

/// One read or write of the socket, as far as it lies in the message. Offsets from the start of the message.
struct ChunkSpan {
    qsizetype index = 0; ///< in InspectedMessage::chunks
    qint64 offset = 0;
    qint64 end = 0; ///< one past
    bool endsHere = false; ///< its last byte is in the message: there is an end to mark
};

/// The chunks that touch the bytes [from, to) of the message, in order.
[[nodiscard]] std::vector<ChunkSpan> chunkSpans(const InspectedMessage& message, qint64 from, qint64 to);

/// "read 2 of 3: 1,448 bytes, +0.012 s"; the time counts from the message's first chunk. `index` in range.
[[nodiscard]] QString chunkText(const InspectedMessage& message, qsizetype index);

/// One line about all of them: "came in 3 reads", "came in 2 reads, the last shared with the next message". Empty for
/// none.
[[nodiscard]] QString chunkSummary(const InspectedMessage& message);

} // namespace sockeye
