// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a client tells its handle, which lives in another thread.

#include "app/endpoint/client_core.h"

#include <utility>

namespace sockeye {

void ClientCore::setState(Client::State state)
{
    if (!m_shutDown) {
        Q_EMIT stateChanged(state, m_peer);
    }
}

void ClientCore::tellLingering()
{
    if (!m_shutDown) {
        Q_EMIT lingeringChanged(m_left > 0);
    }
}

/// The present job is over; its client is told.
void ClientCore::report(const Failure& failure)
{
    m_exchange.failure = failure;
    const bool onlyConnected = !m_job->plan;
    m_job.reset();
    // What is recorded is on its way before the exchange is told of.
    m_recorder.flush();
    Exchange exchange = std::exchange(m_exchange, {});
    judge(exchange);
    if (onlyConnected) {
        Q_EMIT failed(exchange.failure);
    } else {
        Q_EMIT exchangeFinished(exchange);
        if (exchange.repeats) {
            repeatAfter(exchange);
        }
    }
}

} // namespace sockeye
