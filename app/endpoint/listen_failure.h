// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/failure.h"
#include "app/platform/socket_entry.h"

namespace sockeye {

/// Why nothing listens on `address`. `detail` is the system's own text, for a code that says nothing.
/// Names the process that has the address where that can be seen, which takes some milliseconds.
[[nodiscard]] Failure listenFailure(
    FailureCode code, const SocketAddress& address, SocketProtocol protocol, const QString& detail = {});

} // namespace sockeye
