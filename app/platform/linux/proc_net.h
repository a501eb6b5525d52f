// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/platform/socket_entry.h"

#include <vector>

namespace sockeye {

/// Reads tcp, tcp6, udp and udp6 in `folder` ("/proc/net"), for where netlink is refused (proc_net(5)). False if none
/// of them can be read. Whatever cannot be understood is left out.
[[nodiscard]] bool readProcNet(std::vector<SocketEntry>& entries, const QString& folder);

/// One of those files' text, appended to `entries`.
void parseProcNet(QByteArrayView text, SocketProtocol protocol, bool isIPv6, std::vector<SocketEntry>& entries);

} // namespace sockeye
