// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/client.h"
#include "protocol/sendlist/prepared_list.h"

#include <chrono>
#include <memory>
#include <mutex>

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

/// What a list that is being sent waits for: written in the I/O thread, asked by any.
class ListProgress {
public:
    struct Now {
        qint64 number = -1; ///< of the exchange that is under way; -1: none is, perhaps because of a pause
        std::chrono::steady_clock::time_point since; ///< when it began
    };
    void begin(qint64 number);
    void end(); ///< of the exchange
    [[nodiscard]] Now now() const;

private:
    mutable std::mutex m_mutex;
    Now m_now;
};

/// All of a list, as often as it says itself.
[[nodiscard]] ListPlan allOf(const std::shared_ptr<const PreparedList>& list);

/// The list as a repetition of a client with these options, whose protocol is what clients and servers speak: one
/// message after the other over the connection that stands. It ends (RepeatEnd::Matched) with the first failure or
/// reply that was not expected, if the list says so. Places of a message are filled from the reply before it. `made`:
/// how many messages went out before, for counters in them. `progress`: who wants to know; null: nobody.
[[nodiscard]] Repetition listRepetition(const ListPlan& plan, const ClientOptions& options, quint64 made = 0,
    const std::shared_ptr<ListProgress>& progress = nullptr);

} // namespace sockeye
