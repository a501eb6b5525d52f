// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/recording/recording.h"
#include "app/threads/gui_thread_wait.h"

namespace sockeye {

/// For a test, which may wait where a window must not.
inline void waitUntilIdle(Recording& recording)
{
    const GuiThreadWait::Allowed allowed;
    recording.waitUntilIdle();
}

} // namespace sockeye
