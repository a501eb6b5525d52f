// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/arguments/command_arguments.h"
#include "app/cli/arguments/input_file.h"
#include "app/cli/arguments/number_check.h"
#include "app/cli/arguments/typing_arguments.h"
#include "app/cli/terminal/tr.h"

#include "protocol/services/service.h"

#include <CLI/CLI.hpp>

#include <vector>

namespace sockeye::cli {

namespace {

std::vector<std::string> services()
{
    std::vector<std::string> names;
    for (const QString& name : serviceNames()) {
        names.push_back(name.toStdString());
    }
    return names;
}

} // namespace

void addServe(CLI::App& app, OptionWords& words, Arguments& arguments)
{
    CLI::App& command = *app.add_subcommand("serve", "Run a server until Ctrl+C");
    addCommon(command, words);
    addByteOrder(command, words);
    command.add_option("SERVICE", words.service, "What it does")
        ->check(CLI::IsMember(services()))
        ->capture_default_str();
    command.add_option("--host", words.host, "Address to listen on")->capture_default_str();
    command.add_option("--port", words.port, "Port; 0 takes a free one")
        ->check(CLI::Range(0, 65535))
        ->capture_default_str();
    addUnix(command, words, "Instead of an address and a port: a Unix socket; @NAME is an abstract one");
    command.add_flag("--persistent", arguments.persistent, "Many messages on a connection");
    addUdp(command, arguments, "Over UDP: echo, uppercase and rules");
    addServerTls(command, words.tls);
    command.add_option("--idle-timeout", words.idleTimeout, "Seconds that a silent peer is kept; 0: for ever")
        ->check(numberWithin(0.0, longestTime))
        ->type_name("S");
    addLinger(command, words);
    addProtocol(command, words,
        "How streams are read; echo, sink and rules take whole messages of it (default: the service's own)");
    addEncoding(command, words);
    command.add_option("--max-connections", words.maxConnections, "Connections at the same time")
        ->check(CLI::Range(1, 1'000'000))
        ->type_name("N");
    checkInputFile(*command.add_option("--catalog", words.catalog, "What search finds: a JSON object, query → answer")
                        ->type_name("FILE.json"));
    addRules(command, words, "What the service rules answers: TOML, read again when it changes; see the manual");
    command.add_option("--count", words.count, "Stop after that many exchanges")
        ->check(CLI::Range(1LL, std::numeric_limits<long long>::max()))
        ->type_name("N");
    command.add_option("--seconds", words.seconds, "Stop after that many seconds")
        ->check(numberWithin(0.0, longestTime))
        ->type_name("S");
    addSocketOptions(command, words.socket);
    addGroups(command, words.socket);
}

Taken takeService(const CLI::App& command, const OptionWords& words, Arguments& arguments)
{
    if (arguments.command != Command::Serve) {
        return {};
    }
    if (!words.rules.empty() && !isGiven(command, "SERVICE")) {
        arguments.service = QStringLiteral("rules");
    }
    const bool goesByRules = arguments.service.startsWith(u"rules");
    if (goesByRules == words.rules.empty()) {
        return tl::unexpected(goesByRules
                ? tr("The service rules needs a file of them: --rules FILE.")
                : tr("--rules: it is for the service rules; %1 answers as it does.").arg(arguments.service));
    }
    if (arguments.udp) {
        const QString service = datagramServiceName(arguments.service);
        if (service.isEmpty()) {
            return tl::unexpected(
                tr("There is no %1 over UDP: only echo, uppercase and rules.").arg(arguments.service));
        }
        arguments.service = service;
    }
    return {};
}

} // namespace sockeye::cli
