// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>

namespace sockeye {

/// The machine's memory, in bytes; 0 where the system does not tell.
[[nodiscard]] std::size_t memorySize();

} // namespace sockeye
