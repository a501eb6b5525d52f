// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/recording/event_sink.h"

#include <QtGlobal>

#include <atomic>
#include <memory>

namespace sockeye {

class CaptureLog;
class Recording;
class Replay;

/// Tells a sink what a recording holds, in the order in which it happened and lies in the file, and goes on with what
/// comes later when it is asked to. Keeps the recording's bytes, and the recorder waits for nothing.
class Retelling {
public:
    /// `sink` outlives this.
    Retelling(const Recording& recording, EventSink& sink);
    ~Retelling();

    /// Tells what is there now and was not told. Reads the disk: not for the GUI thread, and by one thread at a time.
    /// Returns early if `cancelled` becomes true.
    void goOn(const std::atomic<bool>& cancelled);
    /// Whether there is something to tell. Any thread.
    [[nodiscard]] bool hasMore() const;

private:
    std::shared_ptr<CaptureLog> m_log;
    std::unique_ptr<Replay> m_replay; ///< null of a recording that keeps nothing
};

} // namespace sockeye
