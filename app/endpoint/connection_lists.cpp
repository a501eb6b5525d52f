// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/connection_lists.h"

namespace sockeye {

Connection& ConnectionLists::add(ConnectionGroup& group, std::unique_ptr<Stream> stream, quint32 id)
{
    List& waiting = at(Phase::Waiting);
    Connection& connection = waiting.emplace_back(group, std::move(stream), id);
    connection.m_self = std::prev(waiting.end());
    m_byId.emplace(id, &connection);
    return connection;
}

Connection* ConnectionLists::find(quint32 id) const
{
    const auto found = m_byId.find(id);
    return found != m_byId.end() ? found->second : nullptr;
}

void ConnectionLists::touch(Connection& connection)
{
    connection.m_lastActivity = Connection::Clock::now();
    List& list = at(connection.m_phase);
    if (connection.m_self != std::prev(list.end())) {
        list.splice(list.end(), list, connection.m_self);
    }
}

void ConnectionLists::move(Connection& connection, Phase phase)
{
    List& to = at(phase);
    to.splice(to.end(), at(connection.m_phase), connection.m_self);
    connection.m_phase = phase;
    connection.m_lastActivity = Connection::Clock::now();
    if (phase == Phase::Closed) {
        m_byId.erase(connection.m_id);
    }
}

void ConnectionLists::deleteClosed()
{
    at(Phase::Closed).clear();
}

} // namespace sockeye
