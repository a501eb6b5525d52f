// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/scenario/scenario_course.h"

#include <QSet>

#include <algorithm>
#include <tuple>

namespace sockeye {

using namespace std::chrono_literals;

bool ScenarioCourse::Earlier::operator()(const ScenarioTurn& left, const ScenarioTurn& right) const
{
    return std::tuple(left.due, !left.ends, left.step) < std::tuple(right.due, !right.ends, right.step);
}

ScenarioCourse::ScenarioCourse(const Scenario& scenario)
    : m_scenario(scenario)
{
    for (std::size_t i = 0; i < scenario.size(); ++i) {
        m_turns.insert({ i, false, scenario[i].at });
    }
}

std::optional<ScenarioTime> ScenarioCourse::due() const
{
    return m_turns.empty() ? std::nullopt : std::optional(m_turns.begin()->due);
}

std::optional<ScenarioTurn> ScenarioCourse::take(ScenarioTime now)
{
    if (m_turns.empty() || m_turns.begin()->due > now) {
        return std::nullopt;
    }
    const ScenarioTurn turn = *m_turns.begin();
    m_turns.erase(m_turns.begin());
    const ScenarioStep& step = m_scenario[turn.step];
    if (turn.ends) {
        return turn;
    }
    const auto rounds = step.every > 0ms ? std::max<ScenarioTime::rep>((now - turn.due) / step.every, 0) : 0;
    const ScenarioTime again = turn.due + (rounds + 1) * step.every;
    if (step.lasts > 0ms) {
        // What comes late by more than it would last lasts all the same, until it comes again.
        const ScenarioTime end = turn.due + step.lasts > now ? turn.due + step.lasts : now + step.lasts;
        m_turns.insert({ turn.step, true, step.every > 0ms ? std::min(end, again) : end });
    }
    if (step.every > 0ms) {
        m_turns.insert({ turn.step, false, again });
    }
    return turn;
}

bool removeBrought(FaultList& faults, const Scenario& scenario)
{
    QSet<QString> names;
    for (const ScenarioStep& step : scenario) {
        if (!step.removes) {
            names.insert(step.fault.name);
        }
    }
    return faults.removeIf([&names](const FaultSettings& fault) { return names.contains(fault.name); }) > 0;
}

FaultList afterTurn(FaultList faults, const ScenarioStep& step, bool ends)
{
    const QString& name = step.removes ? step.name : step.fault.name;
    faults.removeIf(
        [&](const FaultSettings& fault) { return fault.name == name || (step.removes && fault.kind == name); });
    if (!step.removes && !ends) {
        faults.append(step.fault);
    }
    return faults;
}

} // namespace sockeye
