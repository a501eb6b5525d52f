// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/connection.h"

#include <array>
#include <list>
#include <memory>
#include <unordered_map>

namespace sockeye {

/// The connections of a group, found by number, and in lists by what they wait for. Each list is ordered by last
/// activity, so that whoever looks for those that have waited too long has to look at its front only.
class ConnectionLists {
public:
    using List = std::list<Connection>;
    using Phase = Connection::Phase;
    static constexpr std::array openPhases { Phase::Waiting, Phase::Draining, Phase::Stalled };

    Connection& add(ConnectionGroup& group, std::unique_ptr<Stream> stream, quint32 id); ///< to those that wait
    [[nodiscard]] Connection* find(quint32 id) const; ///< null if it is closed, or was never here
    [[nodiscard]] List& at(Phase phase) { return m_lists[static_cast<std::size_t>(phase)]; }
    void touch(Connection& connection); ///< to the end of its list
    void move(Connection& connection, Phase phase); ///< to the end of another one
    void deleteClosed();

    [[nodiscard]] std::size_t openCount() const { return m_byId.size(); } ///< without those that wait to be deleted

private:
    std::array<List, 4> m_lists; ///< by Phase
    std::unordered_map<quint32, Connection*> m_byId; ///< those that are not closed
};

} // namespace sockeye
