// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/http/http_dialogue.h"

namespace sockeye::http {

namespace {
constexpr std::size_t mostSpecial = 10'000; // nobody asks for more heads ahead of the replies
} // namespace

void HttpDialogue::request(QByteArrayView method)
{
    const Asked asked = method == QByteArrayView("HEAD") ? Asked::HeadAlone
        : method == QByteArrayView("CONNECT")            ? Asked::Tunnel
                                                         : Asked::Anything;
    if (asked != Asked::Anything && m_special.size() < mostSpecial && !m_lost) {
        m_special.push_back({ m_requests, asked });
    }
    ++m_requests;
}

HttpDialogue::Asked HttpDialogue::reply()
{
    const qint64 number = m_replies++;
    while (!m_special.empty() && m_special.front().number < number) {
        m_special.pop_front();
    }
    if (m_lost || m_special.empty() || m_special.front().number != number) {
        return Asked::Anything;
    }
    const Asked asked = m_special.front().asked;
    m_special.pop_front();
    return asked;
}

} // namespace sockeye::http
