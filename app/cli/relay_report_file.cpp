// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/relay_report_file.h"

#include "app/cli/arguments/common_arguments.h"
#include "app/cli/result_file.h"
#include "app/cli/terminal/tr.h"
#include "app/relay/report/run_report.h"
#include "app/rules/rule_shelf.h"

namespace sockeye::cli {

bool reportCanBeWritten(const Arguments& arguments)
{
    const QString& name = arguments.relay.report;
    if (isOneFile(name, arguments.capture)) {
        complain(tr("--report, --capture: both would be written to %1; give each a file of its own.").arg(name));
        return false;
    }
    return canBeWritten(name);
}

bool writeReport(const Arguments& arguments, const Relay& relay, quint16 port, Recording& recording, bool hasOthers)
{
    const RelayArguments& asked = arguments.relay;
    if (asked.report.isEmpty()) {
        return true;
    }
    const Capture& capture = *recording.capture();
    recording.capture()->waitUntilIdle(); // all is counted
    RunTexts texts;
    texts.port = port;
    texts.command = { asked.options, { arguments.rulesFile, arguments.rules.text }, asked.scenarioText, asked.apiText };
    texts.rules = texts.command.rules;
    texts.scenario = asked.scenarioText;
    if (asked.options.rules) {
        texts.ruleSet = asked.options.rules->rules();
    }
    RelayReport report = reportOf(relay, capture, texts);
    report.version = QStringLiteral("Sockeye " SOCKEYE_VERSION);
    report.captureFile = arguments.capture;
    report.hasOthers = hasOthers;
    const RelayTraffic traffic = trafficOf(capture, [&relay](quint32 connection) { return relay.target(connection); });
    return writeResult(recording.output(), asked.report, relayReportText(report, traffic).toUtf8());
}

} // namespace sockeye::cli
