// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <mutex>

namespace sockeye {

/// A mutex that whoever waits for it gets next, also where its owner lets go of it only to take it again at once.
class TurnMutex {
public:
    void lock()
    {
        const std::lock_guard turn(m_next);
        m_taken.lock();
    }
    void unlock() { m_taken.unlock(); }

private:
    std::mutex m_next; ///< held by the one who waits
    std::mutex m_taken;
};

} // namespace sockeye
