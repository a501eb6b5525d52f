// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <unordered_set>

namespace sockeye {

class WriterBatch;
class CaptureLog;
class WriterLane;

/// The one thread in which the recordings of all endpoints of the process are written and indexed. It starts when there
/// is something to do first, and ends, everything done, with the application; where more comes after that, it starts
/// again.
///
/// A capture may have a writer in each of several I/O threads. An event is indexed once every writer has handed over
/// what is older, so that rows are in the order of time whichever thread they come from.
class CaptureThread {
public:
    static CaptureThread& instance();
    ~CaptureThread();
    CaptureThread(const CaptureThread&) = delete;
    CaptureThread& operator=(const CaptureThread&) = delete;

    /// What may be on its way for one capture, in bytes: about 64 full batches, and one more for each writer. Less,
    /// where so much would not be written within half a second.
    static constexpr qint64 inFlightLimit = 32 * 1024 * 1024;

    /// A writer comes; leaves, when it has handed over all it had. After the last one the log says what it left out.
    [[nodiscard]] std::shared_ptr<WriterLane> join(CaptureLog& log);
    void leave(const std::shared_ptr<CaptureLog>& log, const std::shared_ptr<WriterLane>& lane);
    /// Queues a batch with at least one event, and waits while too much is on its way for that capture, or for
    /// too long; where bytes are left out instead, only while inFlightLimit is reached by what is not left out.
    void post(
        const std::shared_ptr<CaptureLog>& log, std::shared_ptr<WriterLane> lane, std::unique_ptr<WriterBatch> batch);
    /// Runs `task` after everything posted before, once that is written and shown.
    void run(std::shared_ptr<CaptureLog> log, std::function<void()> task);
    [[nodiscard]] bool isCurrent() const { return std::this_thread::get_id() == m_id.load(); }

private:
    CaptureThread();
    struct Job {
        std::shared_ptr<CaptureLog> log;
        std::shared_ptr<WriterLane> lane;
        std::unique_ptr<WriterBatch> batch;
        std::function<void()> task;
    };
    using Clock = std::chrono::steady_clock;
    void add(Job job);
    void end();
    void loop();
    void perform(Job& job);
    [[nodiscard]] qint64 completeUntil(const CaptureLog& log, qint64 now) const;
    void index(const std::shared_ptr<CaptureLog>& log, qint64 until);
    void commitAll();
    void tellSilence(const std::shared_ptr<CaptureLog>& log, qint64 until);
    [[nodiscard]] std::chrono::nanoseconds untilSilence() const;
    [[nodiscard]] static bool isLate(CaptureLog& log);
    [[nodiscard]] static bool isBehind(CaptureLog& log);
    void measure(CaptureLog& log);

    std::mutex m_mutex;
    std::condition_variable m_work;
    std::condition_variable m_room;
    std::deque<Job> m_jobs; ///< under m_mutex
    bool m_isRunning = false; ///< under m_mutex
    bool m_stop = false; ///< under m_mutex
    std::thread m_thread; ///< under m_mutex
    std::atomic<std::thread::id> m_id;
    // The thread's own:
    std::deque<Job> m_taken;
    std::unordered_map<std::shared_ptr<CaptureLog>, qint64>
        m_held; ///< have batches; those are complete up to that time
    std::unordered_set<std::shared_ptr<CaptureLog>> m_dirty; ///< have something to commit
    std::unordered_map<std::shared_ptr<CaptureLog>, qint64> m_silences; ///< when they are to be told of silence
    Clock::time_point m_lastCommit;
};

} // namespace sockeye
