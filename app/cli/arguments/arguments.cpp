// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/arguments/arguments.h"

#include "app/cli/arguments/argument_order.h"
#include "app/cli/arguments/command_arguments.h"
#include "app/cli/arguments/typing_arguments.h"
#include "app/cli/terminal/exit_status.h"
#include "app/cli/terminal/output.h"
#include "app/cli/terminal/tr.h"

#include <CLI/CLI.hpp>

#include <cerrno>
#include <iostream>
#include <string>
#include <vector>

namespace sockeye::cli {

namespace {

/// From CLI11's types to ours. What is wrong first, in the order of the steps, is what is said.
Taken take(const CLI::App& command, const OptionWords& words, Arguments& arguments)
{
    for (const auto step : { &takeValues, &takeProtocol, &takeTyping, &takeService, &takeRules, &takeChosenFields,
             &takeWhere, &takeTls, &takeSocket, &takeHost, &takeExchange, &takeRelay, &takeLoad }) {
        if (Taken taken = step(command, words, arguments); !taken) {
            return taken;
        }
    }
    return {};
}

int wrong(const UsageError& error)
{
    complain(QString(error.text + u" " + tr("sockeye-cli --help, or with a command before it, says what is accepted.")),
        error.shown);
    return WrongUsage;
}

/// What nobody asked for, in a sentence; empty: there is nothing such.
QString extrasText(const CLI::App& app)
{
    const auto chosen = app.get_subcommands();
    const CLI::App& command = chosen.empty() ? app : *chosen.front();
    QStringList extras;
    for (const std::string& each : command.remaining()) {
        if (each != "--") {
            extras.append(fromUtf8(each));
        }
    }
    if (extras.isEmpty()) {
        return {};
    }
    const CLI::Option* const host = command.get_option_no_throw("HOST");
    const bool hasUnix = host != nullptr && host->count() > 0 && isUnixTarget(host->results().front());
    return (hasUnix ? tr("Not expected here: %1. A Unix socket stands in place of HOST PORT.")
                    : tr("Not expected here: %1."))
        .arg(extras.join(u' '));
}

const CLI::App* commandNamed(const CLI::App& app, const std::string& name)
{
    const auto found = app.get_subcommands([&name](const CLI::App* command) { return command->get_name() == name; });
    return found.empty() ? nullptr : found.front();
}

QString commandNames(const CLI::App& app)
{
    QStringList names;
    for (const CLI::App* const command : app.get_subcommands([](const CLI::App*) { return true; })) {
        names.append(fromUtf8(command->get_name()));
    }
    return names.join(u", ");
}

Command commandOf(const std::string& name)
{
    return name == "serve"    ? Command::Serve
        : name == "send"      ? Command::Send
        : name == "raw"       ? Command::Raw
        : name == "multi"     ? Command::Multi
        : name == "decode"    ? Command::Decode
        : name == "capture"   ? Command::Capture
        : name == "sockets"   ? Command::Sockets
        : name == "load"      ? Command::Load
        : name == "relay"     ? Command::Relay
        : name == "parse"     ? Command::Parse
        : name == "build"     ? Command::Build
        : name == "dissector" ? Command::Dissector
                              : Command::Diagnose;
}

} // namespace

Limits Arguments::limits() const
{
    Limits limits;
    limits.maxContent = maxContent;
    return limits;
}

std::optional<int> parseArguments(int argc, char** argv, Arguments& arguments)
{
    std::vector<std::string> words(argv + 1, argv + argc);
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!QByteArrayView(words[i]).isValidUtf8()) {
            return wrong(
                tr("Argument %1 is not UTF-8 text. To send such bytes use raw with --hex or --file.").arg(i + 1));
        }
    }
    OptionWords given;
    CLI::App app("An eye on your sockets: the engine of Sockeye without its window", "sockeye-cli");
    app.set_version_flag("--version", "sockeye-cli " SOCKEYE_VERSION);
    app.require_subcommand(1);
    for (const auto add : { &addServe, &addSend, &addRaw, &addMulti, &addDecode, &addCapture, &addSockets, &addDiagnose,
             &addRelay, &addLoad, &addParse, &addBuild, &addDissector }) {
        add(app, given, arguments);
    }
    try {
        if (words.empty()) {
            return wrong(tr("No command is given. There are: %1.").arg(commandNames(app)));
        }
        if (words.front().rfind('-', 0) == 0) {
            if (app.get_option_no_throw(words.front()) == nullptr) {
                return wrong(tr("There is no option %1 in front of a command. Commands are: %2.")
                                 .arg(fromUtf8(words.front()), commandNames(app)));
            }
        } else {
            const CLI::App* command = commandNamed(app, words.front());
            if (command == nullptr) {
                return wrong(
                    tr("There is no command \"%1\". There are: %2.").arg(fromUtf8(words.front()), commandNames(app)));
            }
            constexpr int placeOfValue = 3; // send HOST PORT ACTION VALUE
            const bool hasValue = words.front() == "send";
            auto ordered = optionsFirst(*command, { words.begin() + 1, words.end() }, hasValue ? placeOfValue : -1);
            ordered.insert(ordered.begin(), words.front());
            words = std::move(ordered);
        }
        // CLI11 takes them from the back.
        app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
        const CLI::App& command = *app.get_subcommands().front();
        arguments.command = commandOf(command.get_name());
        const auto taken = take(command, given, arguments);
        if (!taken) {
            return wrong(taken.error());
        }
    } catch (const CLI::Success& asked) { // --help, --version
        errno = 0;
        const int status = app.exit(asked);
        if (!std::cout.flush() && errno != EPIPE) {
            Output::fail(errno);
            return Failed;
        }
        return status;
    } catch (const CLI::Error& error) {
        // An option that there is not is why something else is missing.
        if (const QString extras = extrasText(app); !extras.isEmpty() && dynamic_cast<const CLI::ParseError*>(&error)) {
            return wrong(extras);
        }
        return wrong(QString(fromUtf8(error.what()) + u"."));
    }
    return std::nullopt;
}

} // namespace sockeye::cli
