// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/reading/records.h"
#include "app/relay/relay_legs.h"
#include "protocol/protocols/registry.h"

#include <QString>

namespace sockeye {

/// What the connections table knows beyond the record when it says what a connection waits for.
struct WaitingContext {
    ProtocolPtr protocol = defaultProtocol();
    bool notReading = false; ///< we were told not to read from the peer
    bool live = true; ///< false: from a file, where nobody waits any more
    qint64 now = 0; ///< nanoseconds since the epoch
    // Of a server of ours, in nanoseconds; 0: it has no such limit, or we do not know it.
    qint64 idleLimit = 0; ///< silence after which it closes a connection
    qint64 linger = 0; ///< how long after its last word it waits for the peer's end
    qint64 stuckBytes = 0; ///< that the kernel holds because the peer's window is full; 0: it is not
    std::optional<TargetLeg::State> target = std::nullopt; ///< of a relay: its other side
};

/// "Why is nothing happening?" for one connection.
struct Waiting {
    QString text; ///< what it waits for, short: "content: 23 of 41 bytes, silent for 2.1 s". Empty: for nothing
    QString advice; ///< what that means and what to try, in sentences. May be empty
    /// Nanoseconds that an unfinished message has been waited for, -1 where none is: what the table sorts by.
    qint64 stuckFor = -1;
};

/// Pure: only looks at its arguments.
[[nodiscard]] Waiting waitingText(const ConnectionRecord& connection, const WaitingContext& context);

} // namespace sockeye
