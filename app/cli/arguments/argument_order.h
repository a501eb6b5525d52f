// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace sockeye::cli {

inline constexpr char unixOption[] = "--unix";

/// Whether what stands in place of a host is a Unix socket.
[[nodiscard]] bool isUnixTarget(const std::string& host);

/// Puts a subcommand's options first and what is no option behind "--", so that a VALUE may look like an option:
/// `negate -4` means minus four, although -4 is an option too. `valueIndex` is the place among the arguments that are
/// no options (from 0) where a number with a minus is a value, -1 for none.
///
/// Where HOST PORT are asked for, one HOST:PORT is taken for both, and so is a Unix socket, by --unix or in place of
/// them.
[[nodiscard]] std::vector<std::string> optionsFirst(
    const CLI::App& command, const std::vector<std::string>& arguments, int valueIndex);

} // namespace sockeye::cli
