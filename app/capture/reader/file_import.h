// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/capture/recording.h"

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace sockeye {

class CaptureLog;

/// Reads a file into a log, in a thread of its own, and follows it while it grows if that is wanted.
class FileImport {
public:
    FileImport(std::shared_ptr<CaptureLog> log, FollowFile follow);
    ~FileImport(); ///< cancels, without waiting
    FileImport(const FileImport&) = delete;
    FileImport& operator=(const FileImport&) = delete;

    void cancel();
    /// Returns when everything that the file held was read.
    void wait();
    /// Returns when the reader has ended, and tells nobody of anything any more. It has to be cancelled, or to come to
    /// its end by itself.
    void waitUntilEnded();
    [[nodiscard]] bool isFollowing() const { return m_state->following.load(); }
    void stopFollowing();

private:
    struct State {
        std::atomic<bool> cancelled { false };
        std::atomic<bool> read { false }; ///< to the end that the file had
        std::atomic<bool> following { false };
        std::atomic<bool> ended { false };
        std::atomic<std::thread::id> reader; ///< the import's thread, once it runs
        std::atomic<std::thread::id> indexer; ///< the thread that calls the log, once there is one
        std::mutex mutex;
        std::condition_variable woken;
        bool stop = false; ///< under the mutex: follow no longer
    };
    /// Whether the caller is one of the import's own threads: an observer of what it reads.
    [[nodiscard]] bool isOwnThread() const;
    static void run(CaptureLog& log, State& state, FollowFile follow);
    static bool waitForMore(CaptureLog& log, State& state, const std::function<void()>& settle);
    static bool pullMore(CaptureLog& log, State& state, const std::function<void()>& settle);
    static void tellRead(CaptureLog& log, State& state);

    std::shared_ptr<State> m_state;
};

} // namespace sockeye
