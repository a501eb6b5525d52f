// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/engines/engines.h"
#include "app/tls/tls_options.h"

#include <QString>

#include <chrono>

namespace sockeye {

/// What servers and relays are told before they listen.
struct ListenOptions {
    QString host = QStringLiteral("127.0.0.1"); ///< an address of this machine, or a name; "::": all, both families
    bool ipv6Only = false; ///< with "::": no IPv4
    quint16 port = 0; ///< 0: a free one
    int maxConnections = 15'000; ///< a further one is closed; over UDP: peers, others are ignored
    int backlog = 4096; ///< connections that the kernel may hold before we accept them
    std::chrono::milliseconds idleTimeout { 60'000 }; ///< UDP: a silent peer counts as gone after it; 0: never
    const Engine* engine = &defaultEngine(); ///< what its sockets are made by; never null
    SocketOptions socket; ///< of what listens, and of whom it accepts; over UDP with the groups that it joins
    TlsServerOptions tls; ///< what clients are shown; TCP only
};

} // namespace sockeye
