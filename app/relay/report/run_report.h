// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/report/relay_command.h"
#include "app/relay/report/relay_report.h"
#include "protocol/rules/rule_set.h"

#include <memory>

namespace sockeye {

class Relay;

/// What the relay itself does not know of its run.
struct RunTexts {
    RelayCommand command; ///< that repeats the run: as it was asked for; the seed is filled in
    CommandText rules; ///< with its text, also where there is a file; empty: there are none
    std::shared_ptr<const rules::RuleSet> ruleSet; ///< what they say; null: nothing that could be read
    bool usesRules = true; ///< false: they were switched off
    quint16 port = 0; ///< where it listened really; 0: as asked for
    CommandText scenario; ///< as the rules
    bool usesScenario = true;
};

/// What the report says of a relay as it is now, and of what its recording has counted, but for its traffic.
[[nodiscard]] RelayReport reportOf(const Relay& relay, const Capture& capture, const RunTexts& texts);

} // namespace sockeye
