// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/kernel_facts.h"

namespace sockeye {

bool KernelFacts::peerIsFull() const
{
    if (sendQueue == 0) {
        return false;
    }
    // A window of a few bytes counts as none: the kernel does not send such small pieces (silly window syndrome).
    const bool noRoom = peerWindow >= 0 && peerWindow < qint64(segmentSize) && peerWindow < notSent;
    return probing || noRoom || (notSent > 0 && inFlight == 0);
}

} // namespace sockeye
