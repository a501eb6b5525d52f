// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/address.h"
#include "app/relay/relay_options.h"
#include "app/relay/report/relay_command.h"
#include "app/relay/scenario/scenario.h"

#include <optional>
#include <string>
#include <vector>

namespace sockeye::cli {

/// What `relay` has beyond other commands.
struct RelayArguments {
    RelayOptions options; ///< where it listens, where it connects to, faults, seed, TLS
    Scenario scenario; ///< of that relay; empty: none
    bool hasEnds = true; ///< false: no relay of its own, only those that are made over the API
    CommandText scenarioText; ///< where that was read
    QString report; ///< file for it; empty: none
    QString apiText; ///< as it was written
    std::optional<SocketAddress> api; ///< where Toxiproxy's HTTP API listens
};

/// What CLI11 fills in of it.
struct RelayWords {
    std::string listen;
    std::string target;
    std::vector<std::string> faults;
    std::string api;
    std::string scenario;
    std::string report;
    long long seed = 0;
    bool tlsListen = false;
    std::string listenCertificate;
    std::string listenKey;
    bool tlsTarget = false;
    bool targetInsecure = false;
    std::string targetAuthority;
    std::string targetCertificate;
    std::string targetKey;
};

} // namespace sockeye::cli
