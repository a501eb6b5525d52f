// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

#include <array>
#include <atomic>
#include <numeric>

namespace sockeye {

/// What the listener and the groups of one server or relay, from its start to its stop, count together.
struct ServerCounters {
    struct alignas(64) Exchanges {
        std::atomic<qint64> count = 0; ///< written by one group only
    };
    std::atomic<int> connections = 0; ///< open at this moment
    std::array<Exchanges, 8> exchanges; ///< by group; IoThreads has at most eight

    [[nodiscard]] qint64 allExchanges() const
    {
        return std::accumulate(exchanges.cbegin(), exchanges.cend(), qint64(0),
            [](qint64 sum, const Exchanges& group) { return sum + group.count.load(); });
    }
};

} // namespace sockeye
