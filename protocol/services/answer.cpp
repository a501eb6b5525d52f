// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/services/answer.h"

namespace sockeye {

void PendingAnswer::fulfil(const QByteArray& reply, After after)
{
    if (m_isFulfilled || m_isCancelled) {
        return;
    }
    m_isFulfilled = true;
    m_reply = reply;
    m_after = after;
    if (const std::function<void()> tell = std::exchange(m_tell, nullptr)) {
        tell();
    }
}

void PendingAnswer::fulfilSilently(After after)
{
    m_isSilent = !m_isFulfilled;
    fulfil({}, after);
}

void PendingAnswer::whenFulfilled(std::function<void()> tell)
{
    if (!m_isFulfilled && !m_isCancelled) {
        m_tell = std::move(tell);
    }
}

void PendingAnswer::cancel()
{
    m_isCancelled = true;
    m_tell = nullptr;
    m_reply = {};
}

} // namespace sockeye
