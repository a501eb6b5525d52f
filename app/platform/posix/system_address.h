// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/address.h"

#include <sys/socket.h>

namespace sockeye {

/// From the system's form, of which `size` bytes count. What comes to a socket for both families over IPv4 is told as
/// IPv4.
[[nodiscard]] SocketAddress fromSystem(const sockaddr_storage& storage, socklen_t size);

/// Fills `storage` and returns how much of it counts; 0 for a Unix socket's name that is too long. `mapped`: for a
/// socket for both families, where IPv4 goes as IPv6 (::ffff:a.b.c.d).
[[nodiscard]] socklen_t toSystem(const SocketAddress& address, sockaddr_storage& storage, bool mapped = false);

// Of a socket: no address if it has none. An unnamed peer of a Unix socket has its process.
[[nodiscard]] SocketAddress localAddress(int descriptor);
[[nodiscard]] SocketAddress peerAddress(int descriptor);

} // namespace sockeye
