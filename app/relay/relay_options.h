// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/engines/engines.h"
#include "app/relay/faults/fault_settings.h"
#include "app/tls/tls_options.h"
#include "protocol/protocols/registry.h"
#include "protocol/transport.h"

#include <QAbstractSocket>

#include <chrono>
#include <optional>

namespace sockeye {

/// Everything that is chosen before a relay starts.
struct RelayOptions {
    QString host = QStringLiteral("127.0.0.1"); ///< where it listens: an address of this machine, or a name
    bool ipv6Only = false; ///< with "::": no IPv4
    quint16 port = 0; ///< where it listens; 0: a free one
    QString targetHost = QStringLiteral("127.0.0.1"); ///< a name or an address; of several, each is tried in turn
    quint16 targetPort = 65432;
    QAbstractSocket::NetworkLayerProtocol targetFamily = QAbstractSocket::AnyIPProtocol; ///< which addresses to try
    Transport transport = Transport::Tcp;
    ProtocolPtr protocol = defaultProtocol(); ///< what faults with a filter take for a message
    int maxConnections = 15'000; ///< further clients are closed; over UDP: peers, others are ignored
    int backlog = 4096; ///< connections that the kernel may hold before we accept them
    std::chrono::milliseconds connectTimeout { 0 }; ///< for the target; 0: as long as the system tries
    std::chrono::milliseconds idleTimeout { 60'000 }; ///< UDP: a silent peer is forgotten after it; 0: never
    const Engine* engine = &defaultEngine(); ///< what its sockets are made by; never null
    TlsServerOptions tlsListen; ///< what clients are shown; TCP only
    TlsClientOptions tlsTarget; ///< how the target is looked at; TCP only
    FaultList faults; ///< from the beginning; setFaults() changes them while it runs
    bool tellsPassed = false; ///< observers of the recording are told when bytes were passed on: see passedCode
    std::optional<quint64> seed; ///< of everything that is drawn; nothing: one that is made, see Relay::seed()
};

} // namespace sockeye
