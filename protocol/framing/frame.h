// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

#include <memory>
#include <vector>

namespace sockeye {

/// What the framing of one protocol learned of a message and wants to know again when it is asked about it. Only that
/// protocol looks inside; immutable.
class FrameDetail {
public:
    virtual ~FrameDetail() = default;

protected:
    FrameDetail() = default;
    FrameDetail(const FrameDetail&) = default;
    FrameDetail& operator=(const FrameDetail&) = default;
};

/// One whole message found in a stream: a range of it, and what the framing learned on the way. It holds no bytes:
/// they stay with whoever received them.
struct Frame {
    qint64 offset = 0; ///< of the first byte, from the start of the stream
    qint64 size = 0; ///< all of it, header included
    qint64 contentOffset = 0; ///< of the content, from the start of this message
    std::shared_ptr<const FrameDetail> detail; ///< null where the protocol has none

    [[nodiscard]] qint64 end() const { return offset + size; }
};

using Frames = std::vector<Frame>;

/// What a framing waits for at the end of what it was fed: "content: 23 of 41 bytes".
struct Progress {
    static constexpr quint16 between = 0; ///< between messages: nothing is owed
    static constexpr quint16 failed = 0xffff; ///< after an error: nothing more is read

    /// Which part of a message is coming, by the protocol's own numbers (Protocol::waitingFor() has words for them), or
    /// one of the above.
    quint16 part = between;
    qint64 have = 0; ///< bytes of the part that have come
    qint64 need = 0; ///< bytes of the whole part; 0 where nobody can know
    qint64 messageOffset = 0; ///< where the unfinished message begins in the stream
    bool last = false; ///< the message ends with this part

    [[nodiscard]] bool isWithin() const { return part != between && part != failed; } ///< a message is unfinished
    [[nodiscard]] bool hasFailed() const { return part == failed; }
    /// Bytes of the part that are missing; 0 where nobody can know.
    [[nodiscard]] qint64 missing() const { return isWithin() && need > have ? need - have : 0; }

    friend bool operator==(const Progress&, const Progress&) = default;
};

} // namespace sockeye
