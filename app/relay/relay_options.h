// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/listening/listen_options.h"
#include "app/relay/faults/fault_settings.h"
#include "app/relay/hold/held_message.h"
#include "protocol/protocols/registry.h"
#include "protocol/rules/rule_set.h"
#include "protocol/transport.h"

#include <QAbstractSocket>

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>

namespace sockeye {

/// Everything that is chosen before a relay starts. `socket` counts for both sides; its own end is that towards the
/// target.
struct RelayOptions : ListenOptions {
    QString targetHost = QStringLiteral("127.0.0.1"); ///< a name or an address; of several, each is tried in turn
    quint16 targetPort = 65432;
    QAbstractSocket::NetworkLayerProtocol targetFamily = QAbstractSocket::AnyIPProtocol; ///< which addresses to try
    Transport transport = Transport::Tcp;
    ProtocolPtr protocol = defaultProtocol(); ///< what faults with a filter take for a message
    std::chrono::milliseconds connectTimeout { 0 }; ///< for the target; 0: as long as the system tries
    TlsClientOptions tlsTarget; ///< how the target is looked at; TCP only
    std::shared_ptr<const RuleSource> rules; ///< what becomes of messages, before any fault; null: they pass
    FaultList faults; ///< from the beginning; setFaults() changes them while it runs
    HoldSettings hold; ///< from the beginning; setHold() changes it while it runs
    bool tellsPassed = false; ///< observers of the recording are told when bytes were passed on: see passedCode
    /// Where numbers of connections come from; null: they begin at 1. For relays that share a recording.
    std::shared_ptr<std::atomic<quint32>> connectionIds;
    std::optional<quint64> seed; ///< of everything that is drawn; nothing: one that is made, see Relay::seed()
};

} // namespace sockeye
