// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/reading/replay.h"

#include <atomic>
#include <memory>

namespace sockeye {

class CaptureLog;
class ReadingIndex;

/// Makes a reading of what a recording holds, in a background thread, and has it follow from there on.
class Rereading {
public:
    Rereading(std::shared_ptr<CaptureLog> log, std::shared_ptr<ReadingIndex> reading);
    ~Rereading(); ///< cancels, without waiting
    Rereading(const Rereading&) = delete;
    Rereading& operator=(const Rereading&) = delete;

    [[nodiscard]] double progress() const; ///< 0 to 1; 1 once the reading has everything and follows
    void cancel(); ///< the reading will never be whole
    void wait(); ///< until it follows, or was cancelled

private:
    struct State;
    static void run(CaptureLog& log, State& state);

    std::shared_ptr<State> m_state;
};

} // namespace sockeye
