// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands.h"
#include "app/cli/description_argument.h"
#include "app/cli/terminal/exit_status.h"
#include "app/cli/terminal/output.h"
#include "app/platform/stop_signals.h"
#include "app/storage/input_bytes.h"

namespace sockeye::cli {

int build(const Arguments& arguments)
{
    const auto description = descriptionFrom(arguments.description);
    if (!description) {
        return WrongUsage;
    }
    const auto json = inputBytes(arguments.file);
    if (!json) {
        complain(json.error());
        return Failed;
    }
    const auto bytes = description->build(*json);
    if (!bytes) {
        complain(describe(bytes.error()));
        return Failed;
    }
    Output output(&StopSignals::ask);
    output.write(arguments.hex ? QByteArray(bytes->toHex() + '\n') : *bytes);
    return Done;
}

} // namespace sockeye::cli
