// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>

namespace CLI {
class App;
}

namespace sockeye::cli {

/// The options --tls…, as CLI11 fills them in.
struct TlsWords {
    bool on = false;
    bool selfSigned = false;
    bool insecure = false;
    std::string certificate;
    std::string key;
    std::string authority;
};

void addServerTls(CLI::App& command, TlsWords& words);
void addClientTls(CLI::App& command, TlsWords& words);

} // namespace sockeye::cli
