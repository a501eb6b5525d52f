// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/capture_tool/arguments.h"
#include "app/capture_tool/capture_loop.h"
#include "app/capture_tool/filter.h"
#include "app/capture_tool/interfaces.h"
#include "app/capture_tool/report.h"
#include "app/capture_tool/rights.h"

#include <exception>
#include <iostream>

namespace {

constexpr char help[] =
    R"(Captures packets for Sockeye, whose window needs no rights then. Only this program has to be given one:
sudo setcap cap_net_raw+ep /path/of/sockeye-capture

    sockeye-capture interfaces
        lists them: name, flags, addresses, description, with tabs between them
    sockeye-capture check INTERFACE FILTER
        says whether the filter is one (pcap-filter(7))
    sockeye-capture capture INTERFACE [--filter FILTER] [--snap-length BYTES] [--count PACKETS] > FILE.pcapng
        captures until SIGTERM, Ctrl+C, or the end of its standard input

Exit status: 0 done, 1 failed, 2 the command line or the filter is wrong.
)";

int run(int argc, char** argv)
{
    using namespace sockeye::tool;
    std::string complaint;
    const std::optional<Arguments> arguments = parseArguments(argc, argv, complaint);
    // Whatever does not open an interface is done without the right to do it.
    if ((!arguments || arguments->command != Command::Capture) && !giveUpRights()) {
        return tellError(ErrorCode::Other, "the rights that are not needed cannot be given up");
    }
    if (!arguments) {
        return tellError(ErrorCode::Usage, complaint + "; see sockeye-capture --help");
    }
    switch (arguments->command) {
    case Command::Interfaces:
        return listInterfaces();
    case Command::Check:
        return checkFilter(arguments->interface, arguments->filter);
    case Command::Capture:
        return capture(*arguments);
    case Command::Help:
        std::cout << help;
        break;
    case Command::Version:
        std::cout << "sockeye-capture " SOCKEYE_VERSION "\n";
        break;
    }
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        return sockeye::tool::tellError(sockeye::tool::ErrorCode::Other, error.what());
    }
}
