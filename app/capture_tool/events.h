// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <array>
#include <poll.h>

namespace sockeye::tool {

/// What the capture waits for: packets, and the wish to end, which is SIGTERM, SIGINT or the end of standard input. So
/// it ends with whoever started it, whatever way that one ends.
class Events {
public:
    /// Blocks the two signals; `packets` becomes readable when there are some.
    explicit Events(int packets);
    ~Events();
    Events(const Events&) = delete;
    Events& operator=(const Events&) = delete;

    [[nodiscard]] bool areGood() const { return m_waited[1].fd >= 0; }
    /// Waits for either, `milliseconds` at most. False if it is time to end.
    [[nodiscard]] bool wait(int milliseconds);

private:
    [[nodiscard]] static bool inputEnded();

    std::array<pollfd, 3> m_waited;
};

} // namespace sockeye::tool
