// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/faults/fault_kinds.h"

namespace sockeye {

// A row a kind, each in the file of its name; those that are no stages in not_stages.cpp.
[[nodiscard]] FaultKind latencyFault();
[[nodiscard]] FaultKind bandwidthFault();
[[nodiscard]] FaultKind slowCloseFault();
[[nodiscard]] FaultKind timeoutFault();
[[nodiscard]] FaultKind resetPeerFault();
[[nodiscard]] FaultKind slicerFault();
[[nodiscard]] FaultKind limitDataFault();
[[nodiscard]] FaultKind packetLossFault();
[[nodiscard]] FaultKind downFault();
[[nodiscard]] FaultKind connectFault();
[[nodiscard]] FaultKind retransmitFault();
[[nodiscard]] FaultKind corruptFault();
// Of datagrams.
[[nodiscard]] FaultKind lossFault();
[[nodiscard]] FaultKind duplicateFault();
[[nodiscard]] FaultKind reorderFault();
[[nodiscard]] FaultKind delayFault();
// Of whole messages: message_faults.cpp, but for the last one.
[[nodiscard]] FaultKind dropFault();
[[nodiscard]] FaultKind repeatFault();
[[nodiscard]] FaultKind cutFault();
[[nodiscard]] FaultKind glueFault();
[[nodiscard]] FaultKind reorderMessagesFault(); ///< in reorder.cpp
// Of what messages say: alter_faults.cpp.
[[nodiscard]] FaultKind wrongLengthFault();
[[nodiscard]] FaultKind brokenUtf8Fault();
[[nodiscard]] FaultKind missingKeyFault();
[[nodiscard]] FaultKind swapByteOrderFault();
[[nodiscard]] FaultKind setFault();

} // namespace sockeye
