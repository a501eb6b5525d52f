// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/arguments/command_arguments.h"
#include "app/cli/arguments/input_file.h"
#include "app/cli/arguments/number_check.h"
#include "app/cli/terminal/tr.h"

#include <CLI/CLI.hpp>

namespace sockeye::cli {

void addDecode(CLI::App& app, OptionWords& words, [[maybe_unused]] Arguments& arguments)
{
    CLI::App& command = *app.add_subcommand("decode", "Print what a capture holds");
    addPrinting(command, words);
    command.add_option("--fields", words.fields, "Of messages, print only these fields: path,path,…")
        ->type_name("PATHS");
    addWhere(command, words);
    checkInputFile(*command
                        .add_option("FILE", words.file,
                            "A capture: pcapng or pcap, as it is or packed with gzip or zstd; - is standard input")
                        ->required());
    addProtocol(command, words, "How bytes are cut into messages (default: app)");
    addMaxContent(command, words);
}

void addCapture(CLI::App& app, OptionWords& words, [[maybe_unused]] Arguments& arguments)
{
    CLI::App& command = *app.add_subcommand("capture", "Print what passes a network interface, until Ctrl+C");
    addPrinting(command, words);
    addWhere(command, words);
    auto* interface = command.add_option("INTERFACE", words.interface, "Which one; without it they are listed");
    command.add_flag("--list", words.list, "List the interfaces")->excludes(interface);
    command.add_option("--filter", words.filter, "Only these packets: \"tcp port 65432\" (see pcap-filter(7))")
        ->type_name("EXPR");
    command.add_option("--capture", words.capture, "Record the packets; - is standard output")
        ->type_name("FILE.pcapng");
    addProtocol(command, words, "How bytes are cut into messages (default: app)");
    command.add_option("--count", words.count, "Stop after that many packets")
        ->check(CLI::Range(1LL, std::numeric_limits<long long>::max()))
        ->type_name("N");
    command.add_option("--seconds", words.seconds, "Stop after that many seconds")
        ->check(numberWithin(0.0, longestTime))
        ->type_name("S");
    addMaxContent(command, words);
}

Taken takeChosenFields(const CLI::App& command, const OptionWords& words, Arguments& arguments)
{
    if (isGiven(command, "--fields")) {
        const auto paths = pathsOf(fromUtf8(words.fields));
        if (!paths) {
            return tl::unexpected(
                tr("--fields: “%1” is no list of paths: expected something like header.size,items[0].id.")
                    .arg(fromUtf8(words.fields).left(100)));
        }
        arguments.fields = ChosenFields(*paths);
    }
    return {};
}

} // namespace sockeye::cli
