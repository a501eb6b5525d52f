// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/faults/fault_settings.h"
#include "app/relay/report/relay_traffic.h"

#include <QString>
#include <QStringList>

namespace sockeye {

/// What is known of a run of a relay, besides its traffic. A value, which may go to another thread.
struct RelayReport {
    struct Fault {
        FaultSettings settings;
        qint64 strikes = 0; ///< since the start
        bool isInForce = true; ///< false: it was
    };
    struct Rule {
        QString title;
        QString when; ///< empty: every message
        QString effect; ///< in a few words
        qint64 hits = 0;
    };

    QString version; ///< of the program
    QString listen; ///< "127.0.0.1:7000"
    QString target;
    QString transport; ///< "TCP", "TLS to TCP", …
    QString protocol; ///< its id
    QString command; ///< that repeats the run; may have several lines
    quint64 seed = 0;
    qint64 began = 0; ///< nanoseconds since the epoch, of the recording; 0: nothing has happened
    qint64 written = 0; ///< the same, of the report
    QList<Fault> faults;
    QList<Rule> rules;
    QString rulesText; ///< empty: without rules
    QString rulesFile; ///< that has it; empty: none
    bool usesRules = true; ///< false: they were switched off
    QString scenarioText; ///< empty: without a scenario
    QString scenarioFile; ///< that has it; empty: none
    bool usesScenario = true;
    bool hasOthers = false; ///< the recording has conversations of other relays, too
    QString captureFile; ///< the capture beside the report; empty: none
};

/// For people: Markdown that reads well as it is.
[[nodiscard]] QString relayReportText(const RelayReport& report, const RelayTraffic& traffic);

} // namespace sockeye
