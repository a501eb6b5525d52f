// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <thread>

namespace sockeye {

class CaptureLog;

/// Reads a file into a log, in a thread of its own.
class FileImport {
public:
    explicit FileImport(std::shared_ptr<CaptureLog> log);
    ~FileImport(); ///< cancels
    FileImport(const FileImport&) = delete;
    FileImport& operator=(const FileImport&) = delete;

    void cancel() { m_state->cancelled.store(true); }
    void wait();

private:
    struct State {
        std::atomic<bool> cancelled { false };
        std::atomic<bool> done { false };
    };
    static void read(CaptureLog& log, const State& state);

    std::shared_ptr<State> m_state;
    std::thread m_thread;
};

} // namespace sockeye
