// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/relay_options.h"

namespace sockeye {

/// The relay would connect to itself, and so on without end: the same port, of the same host or of this machine.
[[nodiscard]] bool relaysToItself(const RelayOptions& options);

} // namespace sockeye
