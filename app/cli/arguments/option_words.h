// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/arguments/load_arguments.h"
#include "app/cli/arguments/relay_arguments.h"
#include "app/cli/arguments/socket_arguments.h"
#include "app/cli/arguments/tls_arguments.h"
#include "protocol/limits.h"

#include <string>
#include <vector>

namespace sockeye::cli {

/// What CLI11 fills in: its own types, before anything is checked beyond a single value.
struct OptionWords {
    std::string print = "text";
    std::string capture;
    std::string service = "app";
    std::string host = "127.0.0.1";
    std::string unixPath;
    std::string byteOrder;
    std::string catalog;
    std::string rules;
    std::vector<std::string> request; ///< send: ACTION VALUE, or fields
    std::string hex;
    std::string text;
    std::string input;
    std::string expect;
    std::string replyTo;
    std::string file;
    std::string description;
    std::string protocol;
    std::string engine;
    std::string interface;
    std::string filter;
    std::string where;
    std::string until;
    std::string encoding;
    std::string checksum;
    std::string fields;
    std::string sendList;
    LoadWords load;
    RelayWords relay;
    SocketWords socket;
    TlsWords tls;
    std::vector<long long> chunks;
    std::vector<std::string> messages { "Message 1 from client.", "Message 2 from client." };
    long long maxContent = Limits().maxContent;
    long long count = 0;
    long long repeat = 0;
    double timeout = 0;
    double every = 1000;
    double idleTimeout = 0;
    double linger = 0;
    double seconds = 0;
    int port = 65432;
    int maxConnections = 0;
    int pause = 0;
    bool v4 = false;
    bool v6 = false;
    bool list = false;
};

} // namespace sockeye::cli
