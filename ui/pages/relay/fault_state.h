// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/faults/fault_kinds.h"

#include <QJsonArray>

namespace sockeye {

/// How it stands with the faults of a relay.
struct FaultsState {
    const FaultList& faults; ///< as they are edited
    bool isRunning = false; ///< the relay is
    bool isApplied = false; ///< they are the ones in force
    qint64 strikes = 0;
    bool hasOthers = false; ///< rules, or a scenario, may do something to what passes, too
};

/// That in a line: "Active: 2 of 3 faults, 41 strikes".
[[nodiscard]] QString faultsStateText(const FaultsState& state);

// How pages keep them.
[[nodiscard]] QJsonArray faultsToJson(const FaultList& faults);
/// What is there of them, and can be: kinds that there are not any more are left out.
[[nodiscard]] FaultList faultsFromJson(const QJsonValue& state);

} // namespace sockeye
