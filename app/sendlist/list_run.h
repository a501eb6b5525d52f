// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/client.h"
#include "protocol/sendlist/prepared_list.h"

#include <memory>

namespace sockeye {

/// Which messages of a list are sent. `list` has one at least, and `count` of them from `first` on.
struct ListPlan {
    std::shared_ptr<const PreparedList> list;
    qsizetype first = 0;
    qsizetype count = 0;
    qint64 rounds = 1; ///< how many times all of these; 0: until stopped

    /// Which message of the list the exchange of that number is.
    [[nodiscard]] qsizetype messageOf(qint64 number) const { return first + static_cast<qsizetype>(number % count); }
    [[nodiscard]] qint64 roundOf(qint64 number) const { return number / count; } ///< from 0
};

/// All of a list, as often as it says itself.
[[nodiscard]] ListPlan allOf(const std::shared_ptr<const PreparedList>& list);

/// The list as a repetition of a client with these options, whose protocol is what clients and servers speak: one
/// message after the other over the connection that stands. It ends (RepeatEnd::Matched) with the first failure or
/// reply that was not expected, if the list says so. Places of a message are filled from the reply before it. `made`:
/// how many messages went out before, for counters in them.
[[nodiscard]] Repetition listRepetition(const ListPlan& plan, const ClientOptions& options, quint64 made = 0);

} // namespace sockeye
