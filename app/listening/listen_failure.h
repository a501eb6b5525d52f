// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/address.h"
#include "app/net/failure.h"
#include "app/platform/socket_entry.h"

#include <QList>

namespace sockeye {

/// Has `listen` take one port at all addresses of a name. Where any will do (0, of several), one that is free at the
/// first address may be taken at the next: then it is asked for another one, some times.
FailureCode onOnePort(quint16 port, const QList<SocketAddress>& addresses, auto listen)
{
    constexpr int tries = 10;
    FailureCode code = listen();
    for (int i = 1; i < tries && port == 0 && addresses.size() > 1 && code == FailureCode::AddressInUse; ++i) {
        code = listen();
    }
    return code;
}

/// Why nothing listens on `address`. `detail` is the system's own text, for a code that says nothing.
/// Names the process that has the address where that can be seen, which takes some milliseconds.
[[nodiscard]] Failure listenFailure(
    FailureCode code, const SocketAddress& address, SocketProtocol protocol, const QString& detail = {});

} // namespace sockeye
