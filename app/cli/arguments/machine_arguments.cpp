// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/arguments/argument_order.h"
#include "app/cli/arguments/command_arguments.h"

#include "app/cli/arguments/number_check.h"

#include <CLI/CLI.hpp>

namespace sockeye::cli {

void addSockets(CLI::App& app, OptionWords& words, Arguments& arguments)
{
    CLI::App& command = *app.add_subcommand("sockets", "Show sockets of this machine, with their state and process");
    addPrinting(command, words);
    command.add_option("--port", words.port, "Only those with this port at either end, whoever's they are")
        ->check(CLI::Range(1, 65535));
    command.add_flag(
        "--all", arguments.all, "Not only Sockeye's and what talks to it, but every TCP, UDP and Unix socket");
    command.add_flag(unixOption, arguments.unixOnly, "Unix sockets alone");
}

void addDiagnose(CLI::App& app, OptionWords& words, [[maybe_unused]] Arguments& arguments)
{
    CLI::App& command = *app.add_subcommand("diagnose", "Find out why a connection can be made or not");
    addPrinting(command, words);
    addTarget(command, words);
    addFamily(command, words);
    command.add_option("--timeout", words.timeout, "Seconds that each attempt to connect may take (default: 5)")
        ->check(numberWithin(0.001, 3600.0))
        ->type_name("S");
    command.add_flag("--tls", words.tls.on, "Begin TLS as well, and look at the server's certificate");
}

} // namespace sockeye::cli
