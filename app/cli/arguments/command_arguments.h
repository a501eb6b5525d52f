// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/arguments/common_arguments.h"

namespace sockeye::cli {

// What each command accepts, in the order of the help. Into `words`, and what needs no reading into `arguments`.
void addServe(CLI::App& app, OptionWords& words, Arguments& arguments); // serve_arguments.cpp
void addSend(CLI::App& app, OptionWords& words, Arguments& arguments); // exchange_arguments.cpp
void addRaw(CLI::App& app, OptionWords& words, Arguments& arguments);
void addMulti(CLI::App& app, OptionWords& words, Arguments& arguments);
void addDecode(CLI::App& app, OptionWords& words, Arguments& arguments); // capture_arguments.cpp
void addCapture(CLI::App& app, OptionWords& words, Arguments& arguments);
void addSockets(CLI::App& app, OptionWords& words, Arguments& arguments); // machine_arguments.cpp
void addDiagnose(CLI::App& app, OptionWords& words, Arguments& arguments);
void addLoad(CLI::App& app, OptionWords& words, Arguments& arguments); // load_arguments.cpp
void addRelay(CLI::App& app, OptionWords& words, Arguments& arguments); // relay_arguments.cpp
void addParse(CLI::App& app, OptionWords& words, Arguments& arguments); // description_arguments.cpp
void addBuild(CLI::App& app, OptionWords& words, Arguments& arguments);
void addDissector(CLI::App& app, OptionWords& words, Arguments& arguments);

/// The option --rules, which is of several commands: rules_option.cpp.
void addRules(CLI::App& command, OptionWords& words, const char* about);

/// The option --list of `send` and `raw`: list_option.cpp.
void addSendList(CLI::App& command, OptionWords& words);

// Steps of single commands, which the others pass by; see those of all of them.
/// serve --udp: the service becomes the one over UDP; serve --rules: the one that goes by them.
[[nodiscard]] Taken takeService(const CLI::App& command, const OptionWords& words, Arguments& arguments);
/// --rules: reads the file.
[[nodiscard]] Taken takeRules(const CLI::App& command, const OptionWords& words, Arguments& arguments);
[[nodiscard]] Taken takeChosenFields(const CLI::App& command, const OptionWords& words, Arguments& arguments);
/// send, raw: what to send, and what becomes of the reply.
[[nodiscard]] Taken takeExchange(const CLI::App& command, const OptionWords& words, Arguments& arguments);
/// send, raw --list: reads the file, instead of what else says what is sent.
[[nodiscard]] Taken takeSendList(const CLI::App& command, const OptionWords& words, Arguments& arguments);
/// relay: its two ends, faults and TLS into `arguments.relay`.
[[nodiscard]] Taken takeRelay(const CLI::App& command, const OptionWords& words, Arguments& arguments);
/// load: checks what it has of its own and fills in `arguments.load`.
[[nodiscard]] Taken takeLoad(const CLI::App& command, const OptionWords& words, Arguments& arguments);

} // namespace sockeye::cli
