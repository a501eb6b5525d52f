// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/socket_source.h"

#include "app/platform/linux/proc_net.h"
#include "app/platform/linux/sock_diag.h"

namespace sockeye {

bool asksForSockets()
{
    return true;
}

SocketSource askForSockets(std::vector<SocketEntry>& entries, bool listening)
{
    if (readSockDiag(entries, listening) == 0) {
        return SocketSource::Netlink;
    }
    return readProcNet(entries, QStringLiteral("/proc/net")) ? SocketSource::ProcNet : SocketSource::None;
}

} // namespace sockeye
