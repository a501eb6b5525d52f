// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

namespace sockeye {

class LoadWorker;

/// One connection of a load, or over UDP one socket: asks what its worker tells it to, and compares what comes back
/// with the right replies. Lives in the I/O thread of its worker, which owns it. Times are nanoseconds of the steady
/// clock.
class LoadLink {
public:
    /// How long what failed in the moment in which it was tried waits until it is tried again: a server that is gone is
    /// asked ten times a second by each.
    static constexpr qint64 retryAfter = 100'000'000;

    virtual ~LoadLink() = default;
    LoadLink(const LoadLink&) = delete;
    LoadLink& operator=(const LoadLink&) = delete;

    /// How many more requests it would take at this moment.
    [[nodiscard]] virtual int room() const = 0;
    /// Sends `count` requests, at most room() and the script's maxBatch(), whose time runs from `since`. A connection
    /// for each request is made first, where the plan has it so.
    virtual void ask(int count, qint64 since, qint64 now) = 0;
    virtual void open(qint64 now) = 0; ///< connects, for connections that stay
    virtual void checkTime(qint64 now) = 0; ///< ends what has taken too long; tries again what has failed a while ago
    virtual void close() = 0; ///< for good

    // The worker's notes on it.
    qint64 freeSince = 0; ///< when it last got room
    bool parked = false; ///< is among those that wait for something to ask

protected:
    explicit LoadLink(LoadWorker& worker)
        : m_worker(worker)
    {
    }

    LoadWorker& m_worker;
};

} // namespace sockeye
