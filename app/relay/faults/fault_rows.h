// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/faults/fault_kinds.h"

namespace sockeye {

// One function a kind, each in the file of its name.
[[nodiscard]] FaultKind latencyFault();

} // namespace sockeye
