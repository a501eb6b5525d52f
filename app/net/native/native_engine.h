// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/engine.h"

namespace sockeye {

/// The engine over the system's own sockets: everything that TCP can do and tell. It needs POSIX.
[[nodiscard]] const Engine& nativeEngine();

} // namespace sockeye
