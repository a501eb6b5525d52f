// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/filtering/reply_queue.h"

namespace sockeye {

namespace {

/// Requests without a reply that are remembered.
constexpr std::size_t mostAsked = 100'000;

} // namespace

void ReplyQueue::ask(qint64 request)
{
    if (m_asked.size() - m_answered == mostAsked) {
        m_asked = {};
        m_answered = 0;
        m_loseCount = true;
    }
    if (!m_loseCount) {
        m_asked.push_back(request);
    }
}

std::optional<qint64> ReplyQueue::answer()
{
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
    return asked;
}

} // namespace sockeye
