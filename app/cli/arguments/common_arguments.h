// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/arguments/arguments.h"
#include "app/cli/arguments/option_words.h"
#include "app/cli/arguments/usage_error.h"

#include <tl/expected.hpp>

#include <chrono>
#include <limits>
#include <string>

namespace CLI {
class App;
}

namespace sockeye::cli {

// What several commands accept, and how it is read.

constexpr long long biggestSize = std::numeric_limits<qint32>::max(); ///< bytes
constexpr double longestTime = 1e7; ///< seconds: 115 days, and its milliseconds fit anything

void addPrinting(CLI::App& command, OptionWords& words);
void addWhere(CLI::App& command, OptionWords& words);
void addEngine(CLI::App& command, OptionWords& words);
void addFamily(CLI::App& command, OptionWords& words);
void addMaxContent(CLI::App& command, OptionWords& words);
/// Of all that exchange messages: printing, filters, the engine, recording, the family, and how long content may be.
void addCommon(CLI::App& command, OptionWords& words);
void addTarget(CLI::App& command, OptionWords& words);
void addUnix(CLI::App& command, OptionWords& words, const char* about);
void addUdp(CLI::App& command, Arguments& arguments, const char* about);
void addByteOrder(CLI::App& command, OptionWords& words);
void addLinger(CLI::App& command, OptionWords& words);
void addProtocol(CLI::App& command, OptionWords& words, const char* about);

/// Nothing, or what is wrong.
using Taken = tl::expected<void, UsageError>;

// Steps from CLI11's types to ours, in this order; each reads what it finds given.
[[nodiscard]] Taken takeValues(const CLI::App& command, const OptionWords& words, Arguments& arguments);
[[nodiscard]] Taken takeProtocol(const CLI::App& command, const OptionWords& words, Arguments& arguments);
[[nodiscard]] Taken takeWhere(const CLI::App& command, const OptionWords& words, Arguments& arguments);
[[nodiscard]] Taken takeSocket(
    const CLI::App& command, const OptionWords& words, Arguments& arguments); // socket_arguments.cpp
/// Once the service is known. Each of the options means --tls as well.
[[nodiscard]] Taken takeTls(
    const CLI::App& command, const OptionWords& words, Arguments& arguments); // tls_arguments.cpp
/// After all that says whether it is a server, and which one.
[[nodiscard]] Taken takeHost(const CLI::App& command, const OptionWords& words, Arguments& arguments);

/// Whether the command has an option or argument of that name, and it was given.
[[nodiscard]] bool isGiven(const CLI::App& command, const char* name);
[[nodiscard]] std::chrono::milliseconds milliseconds(double seconds);
[[nodiscard]] QString fromUtf8(const std::string& text);
/// Whether two names are of one file, which may not be there yet. Devices and pipes take what both write.
[[nodiscard]] bool isOneFile(const QString& name, const QString& other);

} // namespace sockeye::cli
