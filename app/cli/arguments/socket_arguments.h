// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace sockeye::cli {

/// The options of sockets, as CLI11 fills them in.
struct SocketWords {
    std::string bind;
    std::string proxy;
    std::string interface;
    std::vector<std::string> groups;
    int keepAlive = 0;
    int keepAliveInterval = 0;
    int keepAliveCount = 0;
    int sendBuffer = 0;
    int receiveBuffer = 0;
    int ttl = 0;
    int trafficClass = 0;
    bool noDelay = false;
    bool nagle = false;
    bool broadcast = false;
    bool noLoop = false;
};

/// Of whoever has sockets.
void addSocketOptions(CLI::App& command, SocketWords& words);
/// Of whoever connects.
void addOwnEnd(CLI::App& command, SocketWords& words);
/// Of whoever connects, and may have somebody else do it.
void addProxy(CLI::App& command, SocketWords& words);
/// Of whoever sends or takes datagrams.
void addGroups(CLI::App& command, SocketWords& words);

} // namespace sockeye::cli
