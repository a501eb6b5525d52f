// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands.h"
#include "app/cli/description_argument.h"
#include "app/cli/terminal/exit_status.h"
#include "app/cli/terminal/output.h"
#include "app/platform/stop_signals.h"
#include "app/storage/input_bytes.h"
#include "protocol/kaitai/tree_text.h"

namespace sockeye::cli {

int parse(const Arguments& arguments)
{
    const auto description = descriptionFrom(arguments.description);
    if (!description) {
        return WrongUsage;
    }
    const auto bytes = inputBytes(arguments.file);
    if (!bytes) {
        complain(bytes.error());
        return Failed;
    }
    const kaitai::Tree tree = description->decode(*bytes);
    if (arguments.print != PrintMode::None) {
        Output output(&StopSignals::ask);
        output.write(arguments.print == PrintMode::Json ? QByteArray(toJson(tree) + '\n') : toText(tree));
    }
    for (const kaitai::TreeFault& fault : tree.faults) {
        complain(describe(fault));
    }
    return tree.faults.empty() ? Done : Failed;
}

} // namespace sockeye::cli
