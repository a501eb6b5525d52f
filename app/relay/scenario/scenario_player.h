// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/channel/recorder.h"
#include "app/relay/relay.h"
#include "app/relay/scenario/scenario_course.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <optional>

namespace sockeye {

/// Plays a scenario on a relay, from each time that it begins to listen until it stops. Lives in the relay's thread,
/// and no longer than the relay. Each line that takes effect is recorded.
class ScenarioPlayer final : public QObject {
    Q_OBJECT
public:
    ScenarioPlayer(Relay& relay, Scenario scenario, QObject* parent = nullptr);

    [[nodiscard]] const Scenario& scenario() const { return m_scenario; }
    [[nodiscard]] std::optional<ScenarioTime> due() const; ///< of the next turn; nothing: it does not play, or is over
    [[nodiscard]] const ScenarioCourse* course() const; ///< where it is; null: it does not play
    [[nodiscard]] ScenarioTime elapsed() const; ///< since it began to play; 0: it does not
    /// Takes away the faults that it brought, for who ends it while the relay goes on.
    void lift();

Q_SIGNALS:
    void playsChanged(); ///< it begins to play, or does not any more: see course()
    void turned(const sockeye::ScenarioTurn& turn, const QString& problem); ///< `problem`: why it had no effect

private:
    void follow();
    void turn();
    void take(const ScenarioTurn& turn);
    void waitForNext();

    Relay& m_relay;
    const Scenario m_scenario;
    Recorder m_recorder;
    std::optional<ScenarioCourse> m_course; ///< while it plays
    QElapsedTimer m_clock;
    QTimer m_timer;
};

} // namespace sockeye
