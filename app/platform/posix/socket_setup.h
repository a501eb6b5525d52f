// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/socket_options.h"

#include <sys/socket.h>

namespace sockeye {

// What SocketOptions are to the system. Each gives 0, or the errno of the first that the system refuses. Unix sockets
// have buffers, and none of the others, which are left out.

/// Of a new stream socket, or one that listens.
[[nodiscard]] int setUpStream(int descriptor, const SocketOptions& options);
/// Of a new datagram socket.
[[nodiscard]] int setUpDatagrams(int descriptor, const SocketOptions& options);
/// Has a UDP socket of that family that is bound take what is sent to the groups of its family.
[[nodiscard]] int joinGroups(int descriptor, sa_family_t family, const SocketOptions& options);
/// Gives a socket over IP that is about to connect its own end. An address of another family is EAFNOSUPPORT. `shared`:
/// others may be bound to it, too.
[[nodiscard]] int bindOwnEnd(int descriptor, const SocketAddress& end, sa_family_t family, bool shared = false);

} // namespace sockeye
