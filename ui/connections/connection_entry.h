// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/platform/kernel_facts.h"
#include "app/reading/records.h"
#include "app/relay/relay_legs.h"
#include "ui/connections/connection_columns.h"
#include "ui/connections/waiting_text.h"

#include <array>
#include <optional>

namespace sockeye {

/// One row of the connections table: the capture's record and what changes with time alone.
struct ConnectionEntry {
    ConnectionRecord record;
    std::optional<KernelFacts> kernel; ///< of the last look, while it is open
    std::optional<TargetLeg> target; ///< of a relay: the other side
    bool notReading = false; ///< told not to read from it
    bool halfClosed = false; ///< told to send our end of stream and go on: it does not linger
    qint64 rate = 0; ///< bytes a second, both ways together, over the last second
    std::array<qint64, 2> earlierBytes {}; ///< both ways together, at the last two half seconds

    [[nodiscard]] bool isOpen() const;
    [[nodiscard]] bool isMidMessage() const; ///< a message has come in part
    /// Once every half second: works out the rate.
    void sample();
};

/// What a cell says. `context` is for the whole table; the entry's own notReading counts as well.
[[nodiscard]] QString cellText(const ConnectionEntry& entry, ConnectionColumn column, const WaitingContext& context);
[[nodiscard]] QString cellToolTip(const ConnectionEntry& entry, ConnectionColumn column, const WaitingContext& context);
[[nodiscard]] Waiting waitingOf(const ConnectionEntry& entry, const WaitingContext& context);

/// The header of a column of the kernel's side, and what it means.
[[nodiscard]] QString kernelTitle(ConnectionColumn column);
[[nodiscard]] QString kernelToolTip(ConnectionColumn column);

/// What the table sorts by: compared word by word.
using ConnectionSortKey = std::array<quint64, 3>;
[[nodiscard]] ConnectionSortKey sortKey(
    const ConnectionEntry& entry, ConnectionColumn column, const WaitingContext& context);

} // namespace sockeye
