// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/header.h"

#include <memory>
#include <vector>

namespace sockeye {

/// One whole message found in a stream: a range of it, and what the framing learned on the way. It holds no bytes:
/// they stay with whoever received them.
struct Frame {
    qint64 offset = 0; ///< of the first byte, from the start of the stream
    qint64 size = 0; ///< all of it, header included
    qint64 contentOffset = 0; ///< of the content, from the start of this message
    std::shared_ptr<const Header> header; ///< null where the framing knows no headers

    [[nodiscard]] qint64 end() const { return offset + size; }
};

using Frames = std::vector<Frame>;

/// What a framing waits for at the end of what it was fed: "content: 23 of 41 bytes".
struct Progress {
    enum class Part : quint8 {
        Nothing, ///< between messages: nothing is owed
        FixedHeader,
        JsonHeader,
        Content,
        Line,
        Failed, ///< after an error: nothing more is read
    };
    Part part = Part::Nothing;
    qint64 have = 0; ///< bytes of the part that have come
    qint64 need = 0; ///< bytes of the whole part; 0 where nobody can know
    qint64 messageOffset = 0; ///< where the unfinished message begins in the stream

    friend bool operator==(const Progress&, const Progress&) = default;
};

} // namespace sockeye
