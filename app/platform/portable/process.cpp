// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What C++ and Qt do not tell of a process and its machine: every header says what it means that they do not.

#include "app/platform/file_limit.h"
#include "app/platform/fine_timer.h"
#include "app/platform/freed_memory.h"
#include "app/platform/memory_size.h"
#include "app/platform/process_age.h"
#include "app/platform/thread_cost.h"

namespace sockeye {

void raiseFileLimit() { }

bool canOpenFiles(int)
{
    return true;
}

// NOLINTNEXTLINE(performance-unnecessary-value-param): declared for all systems
std::unique_ptr<FineTimer> newFineTimer(std::function<void()>)
{
    return nullptr;
}

void returnFreedMemory() { }

std::size_t memorySize()
{
    return 0;
}

qint64 millisecondsSinceStart()
{
    return -1;
}

qint64 threadProcessorTime()
{
    return 0;
}

qint64 threadRunDelay()
{
    return 0;
}

} // namespace sockeye
