// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/arguments/arguments.h"
#include "app/cli/recording.h"
#include "app/relay/relay.h"

namespace sockeye::cli {

/// relay --report: whether the file can be written at all, asked before anything is relayed. Why not, is complained of.
[[nodiscard]] bool reportCanBeWritten(const Arguments& arguments);

/// Writes the report of a relay that has ended, if one is asked for. `port`: where it listened; `hasOthers`: other
/// relays share its recording. Why it cannot, is complained of: false.
[[nodiscard]] bool writeReport(
    const Arguments& arguments, const Relay& relay, quint16 port, Recording& recording, bool hasOthers);

} // namespace sockeye::cli
