// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/events/event.h"
#include "app/filtering/reply_queue.h"

#include <array>
#include <optional>

namespace sockeye {

/// How long the messages of one connection took: told of each in the order in which they happened.
class ExchangeTimes {
public:
    explicit ExchangeTimes(Direction requests) ///< that they go in
        : m_requests(requests)
    {
    }

    struct Times {
        std::optional<qint64> latency; ///< nanoseconds; of a reply, since its request
        std::optional<qint64> gap; ///< since the message before it in the same direction
    };
    Times message(Direction direction, qint64 time);

private:
    [[nodiscard]] std::optional<qint64> latency(Direction direction, qint64 time);

    Direction m_requests;
    std::array<std::optional<qint64>, 2> m_last; ///< by direction
    ReplyQueue m_asked; ///< when requests came
};

} // namespace sockeye
