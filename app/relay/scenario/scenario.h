// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/faults/fault_settings.h"
#include "protocol/protocols/registry.h"
#include "protocol/transport.h"

#include <QString>
#include <QStringList>

#include <chrono>
#include <vector>

#include <tl/expected.hpp>

namespace sockeye {

using ScenarioTime = std::chrono::milliseconds; ///< since the relay began to listen

/// One line of a scenario: a fault comes, or goes, at a time or again and again.
struct ScenarioStep {
    int line = 0; ///< in the text, from 1
    QString text; ///< the line without comment
    ScenarioTime at { 0 }; ///< when, for the first time
    ScenarioTime every { 0 }; ///< again each time so much has passed; 0: once
    ScenarioTime lasts { 0 }; ///< it goes away again after it; 0: it stays
    bool removes = false;
    QString name; ///< removes: faults of that name, or all of that kind
    FaultSettings fault; ///< otherwise: what comes, with a name of its own
};

using Scenario = std::vector<ScenarioStep>; ///< in the order of the lines

struct ScenarioMistake {
    int line = 1;
    int column = 1; ///< in characters (UTF-16), from 1
    QString text; ///< a sentence
    QString suggestion; ///< what may stand there instead; empty where nothing comes to mind
    int length = 0; ///< characters at fault; 0 where something is missing

    [[nodiscard]] QString sentence() const; ///< "Line 2, column 7: …"
};

/// A text as it was read.
struct ReadScenario {
    Scenario scenario; ///< the lines that are right
    QList<ScenarioMistake> mistakes; ///< the first of each line that is wrong, up to a bound; empty: all are right
};

constexpr qsizetype longestScenario = 64 * 1024; ///< characters

/// Lines "at 5s latency:latency=300", "at 10s down for 2s", "at 10s remove latency", "every 10s down for 2s". Faults
/// are written as on the command line, their filters with the fields
/// of `protocol`; times in ms, s, m or h; behind # is a comment.
[[nodiscard]] ReadScenario readAllOfScenario(const QString& text, Transport transport, const ProtocolPtr& protocol);

/// The same, for who wants all of it or the first mistake.
[[nodiscard]] tl::expected<Scenario, ScenarioMistake> readScenario(
    const QString& text, Transport transport, const ProtocolPtr& protocol);

} // namespace sockeye
