// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/kernel_facts.h"

#include "app/platform/linux/sock_diag.h"

namespace sockeye {

bool tellsKernelFacts()
{
    static const bool tells = canAskSockDiag();
    return tells;
}

std::vector<std::optional<KernelFacts>> readKernelFacts(const std::vector<ConnectionEnds>& connections)
{
    return askSockDiag(connections);
}

} // namespace sockeye
