// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/protocol.h"

#include <memory>
#include <optional>
#include <utility>

namespace sockeye {

/// The display's own opinion on one stream: a framing, and how far rows cover the stream.
///
/// Bytes may be missing in it. Where the framing knows where the message that was cut ends, it goes on there; else, and
/// in a stream whose beginning was not seen, it goes on with the first chunk that looks like the beginning of one.
class StreamDecoder {
public:
    enum class Start : quint8 {
        Seen,
        Midway, ///< the first bytes fed are somewhere in a stream
    };
    StreamDecoder(ProtocolPtr protocol, const Limits& limits, Start start = Start::Seen);
    /// Before the first byte: what the decoder of the other direction has joined, too (Protocol::newDialogue()).
    void join(const std::shared_ptr<Dialogue>& dialogue);

    /// A range of the stream that makes no message, and why.
    struct Bad {
        qint64 offset = 0;
        qint64 size = 0;
        std::optional<Error> error; ///< none: more bytes after an error that was told before, or after a gap
        bool gap = false; ///< not the peers' fault: the error is a gap that cuts a message off, or was before
    };

    /// Appends the messages that became whole. What the result covers needs a row of its own. `time`: when the bytes
    /// came, in nanoseconds since the epoch.
    [[nodiscard]] std::optional<Bad> feed(QByteArrayView bytes, Frames& out, qint64 time = 0);
    /// When silence will have ended the message that has begun, by the times that feed() was told; 0: never.
    [[nodiscard]] qint64 silentAt() const;
    /// Nothing came before silentAt(): appends the message that this ended, whose last byte came at lastTime(). To be
    /// asked before later bytes are fed.
    void silence(Frames& out);
    [[nodiscard]] qint64 lastTime() const { return m_lastTime; }
    /// To be asked after feed(): what it passed over before its first message.
    [[nodiscard]] std::optional<Bad> takeSkipped() { return std::exchange(m_skipped, std::nullopt); }
    /// The stream has ended. Nothing happens the second time.
    [[nodiscard]] std::optional<Bad> finish(Frames& out);
    /// `size` bytes are missing here: what comes after them is read afresh.
    [[nodiscard]] std::optional<Bad> gap(qint64 size, Frames& out);

    [[nodiscard]] Progress progress() const;
    [[nodiscard]] bool isFinished() const { return m_finished; }
    [[nodiscard]] qint64 end() const { return m_end; } ///< stream offset of the byte that comes next
    /// Stream offset of the first byte that a message yet to come may need.
    [[nodiscard]] qint64 neededFrom() const { return m_framing ? m_covered : m_end; }

private:
    std::optional<Bad> collect(std::size_t firstNew, Frames& out);
    std::optional<Bad> rest(std::optional<Error> error);
    [[nodiscard]] QByteArrayView findBeginning(QByteArrayView bytes);
    void begin();

    std::unique_ptr<Framing> m_framing; ///< null once it failed or the stream ended, and while a beginning is sought
    qint64 m_base = 0; ///< where the framing's offset 0 lies in the stream
    qint64 m_end = 0; ///< one past the last byte fed
    qint64 m_covered = 0; ///< rows cover everything before
    ProtocolPtr m_protocol;
    std::shared_ptr<Dialogue> m_dialogue; ///< may be null
    Limits m_limits;
    bool m_finished = false;
    bool m_seeking = false; ///< the beginning of a message
    bool m_guessed = false; ///< that beginning only looked like one, and no message has proved it yet
    qint64 m_lastTime = 0; ///< of the bytes fed last
    qint64 m_toSkip = 0; ///< while seeking: the message that was cut goes on for so long; 0: nobody knows
    std::optional<Bad> m_skipped;
};

} // namespace sockeye
