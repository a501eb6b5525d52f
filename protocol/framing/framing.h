// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/error.h"
#include "protocol/framing/frame.h"
#include "protocol/limits.h"

#include <QByteArrayView>

#include <memory>
#include <optional>

namespace sockeye {

/// What the framings of both directions of one connection tell each other, where the ends of messages in one depend on
/// the other. Only their protocol looks inside. Belongs to one thread.
class Dialogue {
public:
    virtual ~Dialogue() = default;
    Dialogue(const Dialogue&) = delete;
    Dialogue& operator=(const Dialogue&) = delete;

protected:
    Dialogue() = default;
};

/// The rule that cuts one direction of a connection into messages: an incremental decoder. A Protocol makes them.
///
/// Feed it the stream in pieces of any size, in order. It looks at each byte once, so that the work is linear in the
/// bytes fed however they are cut; it keeps at most an unfinished header (under 64 KiB), never content; and it
/// allocates nothing for what a header merely announces.
///
/// After an error it has failed for good: error() says why, everything fed later is ignored.
class Framing {
public:
    virtual ~Framing() = default;

    /// Before the first piece: the other direction has the same dialogue (Protocol::newDialogue()). `midway`: bytes
    /// before the first piece were not seen. A framing that joins none decides by what it sees itself.
    virtual void join(const std::shared_ptr<Dialogue>& dialogue, bool midway)
    {
        Q_UNUSED(dialogue)
        Q_UNUSED(midway)
    }

    /// Takes the next piece and appends to `out` every message that became whole. `piece` is not kept.
    virtual void feed(QByteArrayView piece, Frames& out) = 0;

    /// The stream has ended. A message left unfinished becomes an error (ErrorCode::Truncated), or, where the framing
    /// allows it (raw, lines), a last message.
    virtual void finish(Frames& out) = 0;

    /// Where silence ends a message: after so many milliseconds without a byte, silence() is to be called. 0: silence
    /// says nothing. Framings have no clock; who feeds them knows when pieces came.
    [[nodiscard]] virtual int patience() const { return 0; }
    /// Nothing came for that long: appends the message that this ends, if one has begun.
    virtual void silence(Frames& out) { Q_UNUSED(out) }

    /// What is wrong with the stream, if anything.
    [[nodiscard]] virtual const std::optional<Error>& error() const = 0;

    /// What is missing at this moment.
    [[nodiscard]] virtual Progress progress() const = 0;
};

} // namespace sockeye
