// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/platform/socket_entry.h"

#include <QByteArrayView>

#include <vector>

namespace sockeye {

/// Asks the kernel for its Unix sockets by netlink (UNIX_DIAG of sock_diag(7)), or reads /proc/net/unix where that is
/// refused, which tells neither of queues nor of peers. Appends them.
void readUnixSockets(std::vector<SocketEntry>& entries);

/// The entries in the bytes of one netlink datagram, appended; as parseSockDiag(). Anything may stand in `bytes`.
[[nodiscard]] int parseUnixDiag(QByteArrayView bytes, std::vector<SocketEntry>& entries);

/// The text of /proc/net/unix, appended. Whatever cannot be understood is left out.
void parseProcNetUnix(QByteArrayView text, std::vector<SocketEntry>& entries);

} // namespace sockeye
