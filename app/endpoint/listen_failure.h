// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/address.h"
#include "app/net/failure.h"

namespace sockeye {

/// Why nothing listens on `address`. `detail` is the system's own text, for a code that says nothing.
[[nodiscard]] Failure listenFailure(FailureCode code, const SocketAddress& address, const QString& detail = {});

} // namespace sockeye
