// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands.h"
#include "app/cli/terminal/exit_status.h"
#include "app/cli/terminal/output.h"
#include "app/platform/stop_signals.h"

#include <QCoreApplication>

namespace sockeye::cli {

int dissector(const Arguments& arguments)
{
    const Dissector script = arguments.protocol->dissector();
    if (script.lua.isEmpty()) {
        complain(QCoreApplication::translate("cli",
            "There is no dissector for \"%1\": only for app and for descriptions. What Wireshark knows itself needs "
            "none.")
                     .arg(arguments.protocol->id()));
        return Failed;
    }
    for (const QString& sentence : script.missing) {
        complain(sentence);
    }
    Output output(&StopSignals::ask);
    output.write(script.lua);
    return Done;
}

} // namespace sockeye::cli
