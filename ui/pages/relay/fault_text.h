// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/faults/fault_kinds.h"

namespace sockeye {

/// What a fault does with its numbers, where and how often: "300 ms late, ± 50 ms, downstream, on every connection".
[[nodiscard]] QString faultText(const FaultSettings& fault);

/// Which way a fault looks: "downstream".
[[nodiscard]] QString faultStreamText(FaultStream stream);

/// The key of a number as a label: "Average size".
[[nodiscard]] QString faultKeyText(const FaultKey& key);

/// A fault of that kind with numbers by which something is to be seen: what somebody who adds one begins with.
[[nodiscard]] FaultSettings newFault(const FaultKind& kind);

} // namespace sockeye
