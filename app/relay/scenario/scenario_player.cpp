// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/scenario/scenario_player.h"

#include "app/lines/json_line.h"

#include <algorithm>
#include <utility>

namespace sockeye {

using namespace std::chrono_literals;

ScenarioPlayer::ScenarioPlayer(Relay& relay, Scenario scenario, QObject* parent)
    : QObject(parent)
    , m_relay(relay)
    , m_scenario(std::move(scenario))
    , m_recorder(relay.recording())
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &ScenarioPlayer::turn);
    connect(&relay, &Relay::stateChanged, this, &ScenarioPlayer::follow);
    follow();
}

void ScenarioPlayer::follow()
{
    const bool plays = m_relay.state() == Relay::State::Listening;
    if (plays == m_course.has_value()) {
        return;
    }
    m_course.reset();
    m_timer.stop();
    if (plays) {
        m_course.emplace(m_scenario);
        m_clock.start();
        waitForNext();
    }
    Q_EMIT playsChanged();
}

std::optional<ScenarioTime> ScenarioPlayer::due() const
{
    return m_course ? m_course->due() : std::nullopt;
}

const ScenarioCourse* ScenarioPlayer::course() const
{
    return m_course ? &*m_course : nullptr;
}

ScenarioTime ScenarioPlayer::elapsed() const
{
    return ScenarioTime(m_course ? m_clock.elapsed() : 0);
}

void ScenarioPlayer::lift()
{
    FaultList faults = m_relay.faults();
    if (removeBrought(faults, m_scenario)) {
        (void)m_relay.setFaults(faults); // fewer of those that are in force can be
    }
}

void ScenarioPlayer::waitForNext()
{
    constexpr ScenarioTime longest = 1h; // a timer counts in milliseconds of an int; it is looked at again then
    if (const std::optional<ScenarioTime> next = due()) {
        m_timer.start(std::clamp(*next - ScenarioTime(m_clock.elapsed()), 0ms, ScenarioTime(longest)));
    }
}

void ScenarioPlayer::turn()
{
    const ScenarioTime now(m_clock.elapsed());
    while (m_course) { // what a turn leads to may stop the relay
        const std::optional<ScenarioTurn> next = m_course->take(now);
        if (!next) {
            break;
        }
        take(*next);
    }
    waitForNext();
}

void ScenarioPlayer::take(const ScenarioTurn& turn)
{
    const ScenarioStep& step = m_scenario[turn.step];
    const QString problem = m_relay.setFaults(afterTurn(m_relay.faults(), step, turn.ends));
    QByteArray line;
    JsonLine json(line, "scenario");
    json.time("time", captureNow())
        .integer("line", step.line)
        .string("text", step.text)
        .boolean("ends", turn.ends)
        .integer("due_ms", turn.due.count());
    if (!problem.isEmpty()) {
        json.string("problem", problem);
    }
    json.end();
    const QString text = turn.ends ? tr("Scenario, line %1 is over: %2") : tr("Scenario, line %1: %2");
    m_recorder.told(
        0, text.arg(QString::number(step.line), step.text) + (problem.isEmpty() ? QString() : u' ' + problem), line);
    Q_EMIT turned(turn, problem);
}

} // namespace sockeye
