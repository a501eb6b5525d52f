// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/recording/connection_limit.h"

#include "app/platform/memory_size.h"

#include <algorithm>

namespace sockeye {

namespace {
// Measured: a connection of three packets takes 1,540 bytes, with all that stands for it in index and reader.
constexpr std::size_t memoryOfOne = 2048;
constexpr std::size_t leastRoom = 100'000;
} // namespace

std::size_t connectionsInMemory()
{
    return std::max(leastRoom, memorySize() / 4 / memoryOfOne);
}

} // namespace sockeye
