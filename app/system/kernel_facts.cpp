// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/system/kernel_facts.h"

#ifdef SOCKEYE_SOCK_DIAG
#include "app/system/sock_diag.h"
#endif

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

#ifdef SOCKEYE_SOCK_DIAG

bool tellsKernelFacts()
{
    static const bool tells = canAskSockDiag();
    return tells;
}

std::vector<std::optional<KernelFacts>> readKernelFacts(const std::vector<ConnectionEnds>& connections)
{
    return askSockDiag(connections);
}

#else

bool tellsKernelFacts()
{
    return false;
}

std::vector<std::optional<KernelFacts>> readKernelFacts(const std::vector<ConnectionEnds>& connections)
{
    return std::vector<std::optional<KernelFacts>>(connections.size());
}

#endif

} // namespace sockeye
