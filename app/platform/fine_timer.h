// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

#include <functional>
#include <memory>

namespace sockeye {

/// A timer of the system that is right to some microseconds. Lives in the thread that made it, which has an event loop.
class FineTimer {
public:
    virtual ~FineTimer() = default;
    FineTimer(const FineTimer&) = delete;
    FineTimer& operator=(const FineTimer&) = delete;

    virtual void at(qint64 nanoseconds) = 0; ///< of the steady clock; replaces what was asked before
    virtual void stop() = 0;

protected:
    FineTimer() = default;
};

/// Calls `due` when its moment has come, again and again until another moment is asked for or it is stopped. Null where
/// the system has no such timers, or none left.
[[nodiscard]] std::unique_ptr<FineTimer> newFineTimer(std::function<void()> due);

} // namespace sockeye
