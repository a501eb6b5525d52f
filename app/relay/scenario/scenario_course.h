// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/scenario/scenario.h"

#include <cstddef>
#include <optional>
#include <set>

namespace sockeye {

/// A line that takes effect: it begins, or what it brought ends.
struct ScenarioTurn {
    std::size_t step = 0; ///< of the scenario
    bool ends = false;
    ScenarioTime due { 0 };
};

/// Where a scenario is. Knows no clock: it is told the time.
class ScenarioCourse {
public:
    /// In the order of time; of one time, what ends comes first: "every 2s" and "for" may meet.
    struct Earlier {
        bool operator()(const ScenarioTurn& left, const ScenarioTurn& right) const;
    };
    using Turns = std::multiset<ScenarioTurn, Earlier>;

    explicit ScenarioCourse(const Scenario& scenario);

    [[nodiscard]] std::optional<ScenarioTime> due() const; ///< of the next turn; nothing: it is over
    /// The next turn that is due by then, in the order of time and of lines; what repeats and was missed by more than a
    /// round comes once.
    [[nodiscard]] std::optional<ScenarioTurn> take(ScenarioTime now);

    /// All that is to come as far as it is known: of a line that repeats the next turns alone.
    [[nodiscard]] const Turns& pending() const { return m_turns; }

private:
    const Scenario& m_scenario;
    Turns m_turns;
};

/// The faults as that turn leaves them.
[[nodiscard]] FaultList afterTurn(FaultList faults, const ScenarioStep& step, bool ends);

/// Takes the faults away that a scenario may have brought, which it knows by their names. True if there were any.
bool removeBrought(FaultList& faults, const Scenario& scenario);

} // namespace sockeye
