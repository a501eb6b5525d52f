// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/capture/records.h"
#include "ui/models/connection_columns.h"
#include "ui/models/waiting_text.h"

#include <array>

namespace sockeye {

/// One row of the connections table: the capture's record and what changes with time alone.
struct ConnectionEntry {
    ConnectionRecord record;
    bool notReading = false; ///< told not to read from it
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

/// What the table sorts by: compared word by word.
using ConnectionSortKey = std::array<quint64, 3>;
[[nodiscard]] ConnectionSortKey sortKey(
    const ConnectionEntry& entry, ConnectionColumn column, const WaitingContext& context);

} // namespace sockeye
