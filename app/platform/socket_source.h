// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/platform/socket_entry.h"

#include <vector>

namespace sockeye {

/// Where the system's word on its sockets came from.
enum class SocketSource : quint8 {
    Netlink,
    ProcNet, ///< /proc/net, where the kernel refuses netlink
    None, ///< it does not tell
};

/// Whether this build knows a way to ask the system for its sockets.
[[nodiscard]] bool asksForSockets();

/// Asks for all TCP and UDP sockets of the machine. `listening`: others may be left out, but those that listen and UDP
/// ones without a peer are there. Takes milliseconds.
[[nodiscard]] SocketSource askForSockets(std::vector<SocketEntry>& entries, bool listening);

/// The same for Unix sockets, appended; nothing where the system does not tell of them.
void askForUnixSockets(std::vector<SocketEntry>& entries);

} // namespace sockeye
