// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a client tells its handle, which lives in another thread.

#include "app/endpoint/client_core.h"

#include <utility>

namespace sockeye {

void ClientCore::setState(Client::State state)
{
    if (m_shutDown) {
        return;
    }
    QMetaObject::invokeMethod(
        &m_client,
        [client = &m_client, state, peer = m_peer] {
            if (client->m_state != state) {
                client->m_state = state;
                client->m_peer = state == Client::State::Connected ? peer : client->m_peer;
                Q_EMIT client->stateChanged();
            }
        },
        Qt::QueuedConnection);
}

void ClientCore::tellLingering()
{
    if (m_shutDown) {
        return;
    }
    QMetaObject::invokeMethod(
        &m_client,
        [client = &m_client, lingers = m_left > 0] {
            if (std::exchange(client->m_lingers, lingers) != lingers) {
                Q_EMIT client->lingeringChanged();
            }
        },
        Qt::QueuedConnection);
}

/// The present job is over; its client is told.
void ClientCore::report(const Failure& failure)
{
    m_exchange.failure = failure;
    const bool onlyConnected = !m_job->plan;
    m_job.reset();
    // What is recorded is on its way before the exchange is told of.
    m_recorder.flush();
    QMetaObject::invokeMethod(
        &m_client,
        [client = &m_client, exchange = std::exchange(m_exchange, {}), onlyConnected] {
            if (onlyConnected) {
                Q_EMIT client->failed(exchange.failure);
            } else {
                Q_EMIT client->exchangeFinished(exchange);
            }
        },
        Qt::QueuedConnection);
}

} // namespace sockeye
