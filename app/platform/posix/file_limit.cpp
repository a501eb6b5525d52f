// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/file_limit.h"

#include "app/platform/posix/descriptor.h"

#include <algorithm>
#include <vector>

#include <sys/resource.h>
#include <unistd.h>

namespace sockeye {

void raiseFileLimit()
{
    rlimit limit {};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit); // where it may not, the limit shows in what fails
    }
}

bool canOpenFiles(int count)
{
    std::vector<Descriptor> spare;
    spare.reserve(static_cast<std::size_t>(std::max(count, 0)));
    for (int i = 0; i < count; ++i) {
        spare.emplace_back(::dup(STDERR_FILENO));
    }
    return std::ranges::all_of(spare, &Descriptor::isValid);
}

} // namespace sockeye
