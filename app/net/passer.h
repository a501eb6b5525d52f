// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/transfer.h"

#include <span>

namespace sockeye {

class Stream;

/// What one call of Passer::pass() came to.
struct Passed {
    Transfer taken; ///< as reading would have: bytes that have left the one
    Transfer given; ///< as writing would have: those of them that the other one has; WouldBlock where none were taken
};

/// Moves bytes from one stream to another one inside the system: nobody sees them, and they are not copied into the
/// memory of the program and out of it again. An engine makes it. Lives in one thread, for all streams there, and holds
/// no byte between two calls, so that who has begun to look at the bytes just reads the next ones.
class Passer {
public:
    Passer() = default;
    virtual ~Passer() = default;
    Passer(const Passer&) = delete;
    Passer& operator=(const Passer&) = delete;

    /// Whether it can, at this moment: not with streams of another kind or closed ones, nor when the system has nothing
    /// left for it.
    [[nodiscard]] virtual bool canPass(const Stream& from, const Stream& to) = 0;
    /// Moves what has come, as many bytes as `left` has room for at most; only after canPass(). What `to` does not take
    /// is copied into `left`, in order: `taken.size` - `given.size` bytes. Where nothing is there to be taken this way
    /// (WouldBlock), reading may still find something: an urgent byte stands in its way.
    [[nodiscard]] virtual Passed pass(Stream& from, Stream& to, std::span<char> left) = 0;
};

} // namespace sockeye
