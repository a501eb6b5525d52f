// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/live/spool_copy.h"
#include "app/storage/spool_file.h"

#include <functional>
#include <memory>

namespace sockeye {

/// The file that captured packets go to: one of ours, in Sockeye's folder and locked like every spool, removed with
/// this; or one that was asked for, which stays.
class LiveSpool {
public:
    /// An empty name: one of ours. With `leaveBehind` it stays when this process is killed, to be offered at the next
    /// start; without, it has no name from the beginning, and goes whatever happens.
    /// `onCopyFailed`: if the file is a pipe, in another thread, when that takes no more.
    LiveSpool(const QString& file, bool leaveBehind, std::function<void()> onCopyFailed);
    ~LiveSpool(); ///< removes in the background: a large file takes its time
    LiveSpool(const LiveSpool&) = delete;
    LiveSpool& operator=(const LiveSpool&) = delete;

    [[nodiscard]] const SystemFile& file() const { return m_file.file; } ///< not open: see failure()
    [[nodiscard]] const QString& path() const { return m_path; } ///< under which this process can open it
    [[nodiscard]] const Failure& failure() const { return m_file.failure; }

private:
    SpoolFile m_file;
    QString m_path;
    std::unique_ptr<SpoolCopy> m_copy; ///< to a pipe that was asked for
};

} // namespace sockeye
