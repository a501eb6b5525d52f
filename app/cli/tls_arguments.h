// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/arguments.h"

#include <string>

#include <tl/expected.hpp>

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

/// Into `arguments`, once the service is known; the error is a sentence. Each of the options means --tls as well.
[[nodiscard]] tl::expected<void, QString> takeTls(const TlsWords& words, Arguments& arguments);

} // namespace sockeye::cli
