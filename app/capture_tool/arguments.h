// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace sockeye::tool {

enum class Command : std::uint8_t { Interfaces, Check, Capture, Help, Version };

/// The command line, read and checked.
struct Arguments {
    static constexpr int largestSnapLength = 262'144; ///< libpcap's own limit

    Command command = Command::Help;
    std::string interface;
    std::string filter; ///< empty: everything
    int snapLength = largestSnapLength; ///< of a packet, in bytes
    std::uint64_t count = 0; ///< packets after which to end; 0: none
};

/// None if the command line is wrong; `complaint` says why then.
[[nodiscard]] std::optional<Arguments> parseArguments(int argc, const char* const* argv, std::string& complaint);

} // namespace sockeye::tool
