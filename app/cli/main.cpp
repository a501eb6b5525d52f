// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/arguments/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/terminal/exit_status.h"
#include "app/cli/terminal/output.h"
#include "app/descriptions/protocol_files.h"
#include "app/platform/standard_streams.h"
#include "app/words/english_plurals.h"

#include <QCoreApplication>

namespace sockeye::cli {

namespace {

int run(const Arguments& arguments)
{
    if (arguments.list) {
        return sendList(arguments);
    }
    switch (arguments.command) {
    case Command::Serve:
        return serve(arguments);
    case Command::Send:
        return send(arguments);
    case Command::Raw:
        return raw(arguments);
    case Command::Multi:
        return multi(arguments);
    case Command::Decode:
        return decode(arguments);
    case Command::Capture:
        return capture(arguments);
    case Command::Sockets:
        return sockets(arguments);
    case Command::Diagnose:
        return diagnose(arguments);
    case Command::Parse:
        return parse(arguments);
    case Command::Build:
        return build(arguments);
    case Command::Dissector:
        return dissector(arguments);
    case Command::Relay:
        return relay(arguments);
    case Command::Load:
        return load(arguments);
    }
    return WrongUsage;
}

} // namespace

} // namespace sockeye::cli

int main(int argc, char** argv)
{
    using namespace sockeye::cli;
    sockeye::reserveStandardStreams();
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("sockeye-cli"));
    sockeye::EnglishPlurals plurals;
    QCoreApplication::installTranslator(&plurals);
    sockeye::useProtocolFiles();
    Arguments arguments;
    if (const auto status = parseArguments(argc, argv, arguments)) {
        return *status;
    }
    const int status = run(arguments);
    return status == Done && Output::hasFailed() ? Failed : status;
}
