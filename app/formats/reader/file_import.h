// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/recording/recording_source.h"

#include <QtGlobal>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace sockeye {

class CaptureLog;
class FileStore;

/// Whether a file that is opened is read on as another program adds to it.
enum class FollowFile : quint8 {
    Never,
    IfGrowing, ///< if it grew while it was read, or was changed within the last seconds
    Always,
};

/// Reads a file into a log, in a thread of its own, and follows it while it grows if that is wanted.
class FileImport final : public RecordingSource {
public:
    /// `file` is the log's own store, which nobody else changes.
    FileImport(std::shared_ptr<CaptureLog> log, FileStore& file, FollowFile follow);
    ~FileImport() override; ///< cancels, without waiting
    FileImport(const FileImport&) = delete;
    FileImport& operator=(const FileImport&) = delete;

    void cancel() override;
    void wait() override;
    void waitUntilEnded() override;
    [[nodiscard]] bool isFollowing() const override { return m_state->following.load(); }
    void stopFollowing() override;

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
    static void run(CaptureLog& log, FileStore& file, State& state, FollowFile follow);
    static bool waitForMore(CaptureLog& log, FileStore& file, State& state, const std::function<void()>& settle);
    static bool pullMore(CaptureLog& log, FileStore& file, State& state, const std::function<void()>& settle);
    static void tellRead(CaptureLog& log, State& state);
    void stop();

    std::shared_ptr<State> m_state;
};

} // namespace sockeye
