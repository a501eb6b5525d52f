// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QThread>

#include <future>
#include <memory>
#include <vector>

namespace sockeye {

/// The threads that own sockets: one less than there are cores (at least one, at most eight), each with an event loop
/// on our epoll dispatcher where there is one. The core left over is for the capture, the window, and the peers, which
/// are mostly on this machine: on two cores, two I/O threads answer up to a third fewer requests than one, since each
/// of them is woken for half as many at once. Owned by main(); endpoints move their parts into them.
class IoThreads {
public:
    /// Held by whatever lives in the threads, until it has ended there: they go on as long.
    using Stay = std::shared_ptr<void>;

    explicit IoThreads(int count = 0); ///< 0: by number of cores
    /// Waits until what lives in them has ended, then stops and joins them. Endpoints must be gone, though they may
    /// still be about to close what they had.
    ~IoThreads();
    IoThreads(const IoThreads&) = delete;
    IoThreads& operator=(const IoThreads&) = delete;

    [[nodiscard]] int count() const { return static_cast<int>(m_threads.size()); }
    /// The thread with that index.
    [[nodiscard]] QThread* thread(int index) const { return m_threads[static_cast<std::size_t>(index)].get(); }
    /// Takes turns: for endpoints that need one thread only.
    [[nodiscard]] QThread* next();
    [[nodiscard]] Stay stay() const { return m_stay; }

private:
    std::future<void> m_left; ///< ready when nobody has a Stay any more
    Stay m_stay;
    std::vector<std::unique_ptr<QThread>> m_threads;
    int m_next = 0;
};

} // namespace sockeye
