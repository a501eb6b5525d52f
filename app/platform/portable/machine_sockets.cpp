// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Nobody here to ask for the sockets of the machine.

#include "app/platform/kernel_facts.h"
#include "app/platform/socket_owners.h"
#include "app/platform/socket_source.h"

namespace sockeye {

bool asksForSockets()
{
    return false;
}

SocketSource askForSockets(std::vector<SocketEntry>&, bool)
{
    return SocketSource::None;
}

void askForUnixSockets(std::vector<SocketEntry>&) { }

bool tellsKernelFacts()
{
    return false;
}

std::vector<std::optional<KernelFacts>> readKernelFacts(const std::vector<ConnectionEnds>& connections)
{
    return std::vector<std::optional<KernelFacts>>(connections.size());
}

class SocketOwners::Search { };

SocketOwners::SocketOwners(const QString&) { }

SocketOwners::~SocketOwners() = default;

std::vector<SocketOwner> SocketOwners::find(const std::vector<SocketEntry>& entries, std::chrono::milliseconds)
{
    SocketOwner unseen;
    unseen.known = SocketOwner::Known::NotSeen;
    return std::vector<SocketOwner>(entries.size(), unseen);
}

} // namespace sockeye
