// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/capture_tool/arguments.h"

namespace sockeye::tool {

/// Captures from the interface to standard output until it is told to end. Returns the exit status.
[[nodiscard]] int capture(const Arguments& arguments);

} // namespace sockeye::tool
