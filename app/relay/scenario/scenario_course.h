// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/scenario/scenario.h"

#include <cstddef>
#include <optional>
#include <queue>
#include <vector>

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
    explicit ScenarioCourse(const Scenario& scenario);

    [[nodiscard]] std::optional<ScenarioTime> due() const; ///< of the next turn; nothing: it is over
    /// The next turn that is due by then, in the order of time and of lines; what repeats and was missed by more than a
    /// round comes once.
    [[nodiscard]] std::optional<ScenarioTurn> take(ScenarioTime now);

private:
    struct Later {
        bool operator()(const ScenarioTurn& left, const ScenarioTurn& right) const;
    };

    const Scenario& m_scenario;
    std::priority_queue<ScenarioTurn, std::vector<ScenarioTurn>, Later> m_turns;
};

/// The faults as that turn leaves them.
[[nodiscard]] FaultList afterTurn(FaultList faults, const ScenarioStep& step, bool ends);

} // namespace sockeye
