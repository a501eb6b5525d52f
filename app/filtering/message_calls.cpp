// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/filtering/message_calls.h"

namespace sockeye {

namespace {

/// Where no messages come, because the bytes are none, calls would gather for ever.
constexpr std::size_t mostCalls = 100'000;

} // namespace

void MessageCalls::segment(qint64 size)
{
    if (m_calls.size() == mostCalls) {
        m_calls.pop_front();
    }
    m_calls.push_back({ m_end, m_end + size });
    m_end += size;
}

void MessageCalls::gap(qint64 size)
{
    m_end += size;
}

MessageCalls::Calls MessageCalls::message(qint64 offset, qint64 size)
{
    const qint64 end = offset + size;
    while (!m_calls.empty() && m_calls.front().end <= offset && m_calls.front().begin < offset) {
        m_calls.pop_front();
    }
    Calls calls;
    if (size == 0) { // an empty datagram is a call of its own
        while (!m_calls.empty() && calls.count == 0) {
            calls.count = m_calls.front().begin == offset && m_calls.front().end == end ? 1 : 0;
            m_calls.pop_front();
        }
        return calls;
    }
    for (const Call& call : m_calls) {
        if (call.begin >= end) {
            break;
        }
        if (call.end > offset) {
            ++calls.count;
            calls.glued |= call.begin < offset || call.end > end;
        }
    }
    return calls;
}

} // namespace sockeye
