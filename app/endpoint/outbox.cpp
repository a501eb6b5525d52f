// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/outbox.h"

#include "app/endpoint/connection.h"

namespace sockeye {

void Outbox::hold(Connection& connection, QByteArrayView replies)
{
    m_held.push_back({ &connection, m_bytes.size(), replies.size() });
    m_bytes.append(replies);
}

void Outbox::send()
{
    while (m_next < m_held.size()) {
        const Held held = m_held[m_next++];
        held.connection->sendHeld(QByteArrayView(m_bytes).sliced(held.begin, held.size));
    }
    m_held.clear();
    m_next = 0;
    m_bytes.resize(0);
}

} // namespace sockeye
