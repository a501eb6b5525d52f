// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/ladder/ladder_picture.h"

#include <array>
#include <unordered_map>
#include <vector>

namespace sockeye {

/// The life lines of a ladder: clients at the left, servers at the right. A client's line is free again when its
/// connection is over, so that a thousand connections one after the other have one line; each server address has one
/// of its own. Beyond some of them the last line is shared.
class LadderLines {
public:
    static constexpr int mostLeft = 8;
    static constexpr int mostRight = 4;

    struct Columns {
        int left = -1;
        int right = -1;
    };
    /// What the lines are at one step, to go back to.
    struct State {
        std::array<qsizetype, mostLeft> living {}; ///< connections at each
        std::array<bool, mostLeft> isShared {}; ///< by several, since it was free
        std::array<std::size_t, mostLeft> changes {};
        std::size_t servers = 0;
    };

    /// A connection begins at that step.
    void open(quint32 connection, const ConnectionFacts& facts, qsizetype step);
    /// It is over: from `step` on its line is free.
    void close(quint32 connection, qsizetype step);
    [[nodiscard]] Columns of(quint32 connection) const;

    [[nodiscard]] State state() const;
    void goBack(const State& state);

    [[nodiscard]] int leftColumns() const { return m_leftColumns; }
    [[nodiscard]] int rightColumns() const { return static_cast<int>(m_servers.size()); }
    /// Who stands where in [first, next), of `total` steps.
    [[nodiscard]] std::vector<LadderSpan> spans(qsizetype first, qsizetype next, qsizetype total) const;

private:
    struct Change {
        qsizetype step = 0; ///< from there on
        bool isTaken = false;
        bool isShared = false;
        SocketAddress client; ///< one of them
    };
    struct Server {
        SocketAddress address;
        qsizetype first = 0; ///< step
        bool isShared = false;
    };
    void note(std::size_t column, qsizetype step, const SocketAddress& client);
    [[nodiscard]] int serverColumn(const SocketAddress& address, qsizetype step);

    std::unordered_map<quint32, Columns> m_columns; ///< also of those that are over
    State m_now;
    std::array<std::vector<Change>, mostLeft> m_changes; ///< of each line, by step
    std::vector<Server> m_servers;
    int m_leftColumns = 0;
};

/// The client's end and the server's, whichever of them is ours.
[[nodiscard]] const SocketAddress& clientEnd(const ConnectionFacts& facts);
[[nodiscard]] const SocketAddress& serverEnd(const ConnectionFacts& facts);

} // namespace sockeye
