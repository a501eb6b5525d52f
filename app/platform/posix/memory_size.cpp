// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/memory_size.h"

#include <algorithm>

#include <unistd.h>

namespace sockeye {

std::size_t memorySize()
{
    return static_cast<std::size_t>(std::max(::sysconf(_SC_PHYS_PAGES), 0L))
        * static_cast<std::size_t>(std::max(::sysconf(_SC_PAGESIZE), 0L));
}

} // namespace sockeye
