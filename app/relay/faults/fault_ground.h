// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/faults/fault_random.h"
#include "app/relay/faults/shared_line.h"
#include "protocol/base/protocol.h"
#include "protocol/limits.h"
#include "protocol/transport.h"

#include <memory>

namespace sockeye {

/// Where a fault is at work: one direction of one connection.
struct FaultGround {
    FaultRandom random; ///< its own
    ProtocolPtr protocol; ///< of the messages that are sent in that direction; never null
    Transport transport = Transport::Tcp;
    Limits limits {};
    std::shared_ptr<SharedLine> line {}; ///< of all places where the fault is at work; null: it is alone
};

} // namespace sockeye
