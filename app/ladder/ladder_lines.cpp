// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/ladder/ladder_lines.h"

#include <algorithm>

namespace sockeye {

const SocketAddress& clientEnd(const ConnectionFacts& facts)
{
    return facts.weConnected ? facts.local : facts.peer;
}

const SocketAddress& serverEnd(const ConnectionFacts& facts)
{
    return facts.weConnected ? facts.peer : facts.local;
}

int LadderLines::serverColumn(const SocketAddress& address, qsizetype step)
{
    const auto known =
        std::find_if(m_servers.begin(), m_servers.end(), [&](const Server& each) { return each.address == address; });
    if (known != m_servers.end()) {
        return static_cast<int>(known - m_servers.begin());
    }
    if (m_servers.size() < mostRight) {
        m_servers.push_back({ address, step, false });
    } else {
        m_servers.back().isShared = true;
    }
    return static_cast<int>(m_servers.size()) - 1;
}

void LadderLines::note(std::size_t column, qsizetype step, const SocketAddress& client)
{
    const bool isTaken = m_now.living[column] > 0;
    m_now.isShared[column] = isTaken && (m_now.isShared[column] || m_now.living[column] > 1);
    m_changes[column].push_back({ step, isTaken, m_now.isShared[column], client });
}

void LadderLines::open(quint32 connection, const ConnectionFacts& facts, qsizetype step)
{
    const auto free = std::find(m_now.living.begin(), m_now.living.end(), 0);
    const auto column = static_cast<std::size_t>(
        free == m_now.living.end() ? mostLeft - 1 : static_cast<int>(free - m_now.living.begin()));
    ++m_now.living[column];
    m_leftColumns = std::max(m_leftColumns, static_cast<int>(column) + 1);
    note(column, step, clientEnd(facts));
    m_columns[connection] = { static_cast<int>(column), serverColumn(serverEnd(facts), step) };
}

void LadderLines::close(quint32 connection, qsizetype step)
{
    const auto found = m_columns.find(connection);
    if (found == m_columns.end()) {
        return;
    }
    const auto column = static_cast<std::size_t>(found->second.left);
    m_now.living[column] = std::max<qsizetype>(0, m_now.living[column] - 1);
    note(column, step, {});
}

LadderLines::Columns LadderLines::of(quint32 connection) const
{
    const auto found = m_columns.find(connection);
    return found == m_columns.end() ? Columns() : found->second;
}

LadderLines::State LadderLines::state() const
{
    State state = m_now;
    for (std::size_t column = 0; column < mostLeft; ++column) {
        state.changes[column] = m_changes[column].size();
    }
    state.servers = m_servers.size();
    return state;
}

void LadderLines::goBack(const State& state)
{
    m_now = state;
    for (std::size_t column = 0; column < mostLeft; ++column) {
        m_changes[column].resize(std::min(m_changes[column].size(), state.changes[column]));
    }
    m_servers.resize(std::min(m_servers.size(), state.servers));
}

std::vector<LadderSpan> LadderLines::spans(qsizetype first, qsizetype next, qsizetype total) const
{
    std::vector<LadderSpan> spans;
    for (int column = 0; column < m_leftColumns; ++column) {
        const std::vector<Change>& changes = m_changes[static_cast<std::size_t>(column)];
        auto at = std::upper_bound(changes.begin(), changes.end(), first,
            [](qsizetype step, const Change& change) { return step < change.step; });
        at = at == changes.begin() ? at : at - 1;
        for (; at != changes.end() && at->step < next; ++at) {
            const qsizetype end = at + 1 == changes.end() ? total : (at + 1)->step;
            if (at->isTaken && end > first) {
                spans.push_back({ false, column, at->step, end, at->client.toString(), at->isShared });
            }
        }
    }
    for (std::size_t column = 0; column < m_servers.size(); ++column) {
        const Server& server = m_servers[column];
        if (server.first < next) {
            spans.push_back(
                { true, static_cast<int>(column), server.first, total, server.address.toString(), server.isShared });
        }
    }
    return spans;
}

} // namespace sockeye
