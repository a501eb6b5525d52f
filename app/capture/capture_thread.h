// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_set>

namespace sockeye {

class CaptureChunk;
class CaptureLog;

/// The one thread in which all live captures of the process are written and indexed. It starts with the first capture
/// and ends, everything done, when the process does.
class CaptureThread {
public:
    static CaptureThread& instance();
    ~CaptureThread();
    CaptureThread(const CaptureThread&) = delete;
    CaptureThread& operator=(const CaptureThread&) = delete;

    /// What may be on its way for one capture, in bytes: about 64 full chunks.
    static constexpr qint64 inFlightLimit = 32 * 1024 * 1024;

    /// Queues a chunk; waits while too much is on its way for that capture.
    void post(const std::shared_ptr<CaptureLog>& log, std::unique_ptr<CaptureChunk> chunk);
    /// Runs `task` after everything posted before, once that is written and shown.
    void run(std::shared_ptr<CaptureLog> log, std::function<void()> task);
    [[nodiscard]] bool isCurrent() const { return std::this_thread::get_id() == m_thread.get_id(); }

private:
    CaptureThread();
    struct Job {
        std::shared_ptr<CaptureLog> log;
        std::unique_ptr<CaptureChunk> chunk;
        std::function<void()> task;
    };
    void loop();
    void perform(Job& job);
    void commitAll();

    std::mutex m_mutex;
    std::condition_variable m_work;
    std::condition_variable m_room;
    std::deque<Job> m_jobs; ///< under m_mutex
    bool m_stop = false; ///< under m_mutex
    std::unordered_set<std::shared_ptr<CaptureLog>> m_dirty; ///< have something to commit; the thread's own
    std::thread m_thread; ///< the last member: it uses the others
};

} // namespace sockeye
