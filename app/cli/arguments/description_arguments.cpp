// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/arguments/command_arguments.h"

#include <CLI/CLI.hpp>

namespace sockeye::cli {

void addParse(CLI::App& app, OptionWords& words, [[maybe_unused]] Arguments& arguments)
{
    CLI::App& command = *app.add_subcommand("parse", "Decode a file by a description in Kaitai Struct's language");
    addPrinting(command, words);
    command.add_option("FORMAT", words.description, "The description: a .ksy file; - is standard input")->required();
    command.add_option("FILE", words.file, "One whole message; - is standard input")->required();
}

void addBuild(CLI::App& app, OptionWords& words, Arguments& arguments)
{
    CLI::App& command =
        *app.add_subcommand("build", "Make a message of its values, as \"parse --print json\" has them");
    command.add_option("FORMAT", words.description, "The description: a .ksy file; - is standard input")->required();
    command.add_option("FILE", words.file, "The values: a JSON object; - is standard input")->required();
    command.add_flag("--hex", arguments.hex, "Print the bytes in hexadecimal");
}

void addDissector(CLI::App& app, OptionWords& words, [[maybe_unused]] Arguments& arguments)
{
    CLI::App& command =
        *app.add_subcommand("dissector", "Print a dissector in Lua that shows a protocol in Wireshark and tshark");
    command.add_option("PROTOCOL", words.protocol, "app, or a description: a .ksy file")->required();
}

} // namespace sockeye::cli
