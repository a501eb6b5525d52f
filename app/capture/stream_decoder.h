// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/framing/framing.h"

#include <memory>
#include <optional>

namespace sockeye {

/// The display's own opinion on one stream: a framing, started again after a gap, and how far rows cover the stream.
class StreamDecoder {
public:
    StreamDecoder(FramingKind kind, const Limits& limits);

    /// A range of the stream that makes no message, and why.
    struct Bad {
        qint64 offset = 0;
        qint64 size = 0;
        std::optional<Error> error; ///< none: more bytes after an error that was told before
    };

    /// Appends the messages that became whole. What the result covers needs a row of its own.
    [[nodiscard]] std::optional<Bad> feed(QByteArrayView bytes, Frames& out);
    /// The stream has ended. Nothing happens the second time.
    [[nodiscard]] std::optional<Bad> finish(Frames& out);
    /// `size` bytes are missing here: what comes after them is read afresh.
    [[nodiscard]] std::optional<Bad> gap(qint64 size, Frames& out);

    [[nodiscard]] Progress progress() const;
    [[nodiscard]] bool isFinished() const { return m_finished; }

private:
    std::optional<Bad> collect(std::size_t firstNew, Frames& out);
    std::optional<Bad> rest(std::optional<Error> error);

    std::unique_ptr<Framing> m_framing; ///< null once it failed or the stream ended
    qint64 m_base = 0; ///< where the framing's offset 0 lies in the stream
    qint64 m_end = 0; ///< one past the last byte fed
    qint64 m_covered = 0; ///< rows cover everything before
    FramingKind m_kind;
    Limits m_limits;
    bool m_finished = false;
};

} // namespace sockeye
