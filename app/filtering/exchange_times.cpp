// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/filtering/exchange_times.h"

namespace sockeye {

std::optional<qint64> ExchangeTimes::latency(Direction direction, qint64 time)
{
    if (direction == m_requests) {
        m_asked.ask(time);
        return std::nullopt;
    }
    const std::optional<qint64> asked = m_asked.answer();
    return asked ? std::optional(time - *asked) : std::nullopt;
}

ExchangeTimes::Times ExchangeTimes::message(Direction direction, qint64 time)
{
    Times times;
    times.latency = latency(direction, time);
    std::optional<qint64>& last = m_last.at(static_cast<std::size_t>(direction));
    if (last) {
        times.gap = time - *last;
    }
    last = time;
    return times;
}

} // namespace sockeye
