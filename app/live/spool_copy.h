// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/platform/system_file.h"

#include <atomic>
#include <functional>
#include <thread>

namespace sockeye {

/// Hands on what another process writes to a file, to a pipe: in a thread of its own, which may wait for the pipe's
/// reader as long as that likes.
class SpoolCopy {
public:
    /// Both files outlive this. `onFailed` is called once, in that thread, when the pipe takes no more.
    SpoolCopy(const SystemFile& from, SystemFile& to, std::function<void()> onFailed);
    /// Hands on everything that the file holds by now.
    ~SpoolCopy();
    SpoolCopy(const SpoolCopy&) = delete;
    SpoolCopy& operator=(const SpoolCopy&) = delete;

private:
    void run(const SystemFile& from, SystemFile& to, const std::function<void()>& onFailed);

    std::atomic<bool> m_over { false };
    std::thread m_thread; ///< the last: it uses the others
};

} // namespace sockeye
