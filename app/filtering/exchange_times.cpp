// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/filtering/exchange_times.h"

namespace sockeye {

namespace {

/// Requests without a reply that are remembered.
constexpr std::size_t mostAsked = 100'000;

} // namespace

/// Replies come in the order of their requests.
std::optional<qint64> ExchangeTimes::latency(Direction direction, qint64 time)
{
    if (direction == m_requests) {
        if (m_asked.size() - m_answered == mostAsked) {
            m_asked = {};
            m_answered = 0;
            m_loseCount = true;
        }
        if (!m_loseCount) {
            m_asked.push_back(time);
        }
        return std::nullopt;
    }
    if (m_asked.empty()) {
        return std::nullopt;
    }
    const qint64 asked = m_asked[m_answered];
    ++m_answered;
    // Now and then, so that each is moved a bounded number of times.
    if (m_answered == m_asked.size() || m_answered == mostAsked) {
        m_asked.erase(m_asked.begin(), m_asked.begin() + static_cast<std::ptrdiff_t>(m_answered));
        m_answered = 0;
    }
    return time - asked;
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
