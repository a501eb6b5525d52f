// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/report/run_report.h"

#include "app/reading/capture.h"
#include "app/recording/rule_hits.h"
#include "app/relay/relay.h"
#include "app/rules/rule_words.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

QString runText(const char* text)
{
    return QCoreApplication::translate("sockeye::RelayReport", text);
}

/// "TLS with clients, TCP with the target", or one word for both.
QString reportTransport(const RelayOptions& options)
{
    const auto word = [&options](const QString& host, bool isTls) {
        const bool isUnix = isUnixHost(host);
        return isTls ? QStringLiteral("TLS")
            : options.transport == Transport::Udp
            ? (isUnix ? runText("datagrams of a Unix socket") : QStringLiteral("UDP"))
            : isUnix ? runText("a Unix socket")
                     : QStringLiteral("TCP");
    };
    const QString clients = word(options.host, options.tls.isOn());
    const QString target = word(options.targetHost, options.tlsTarget.on);
    return clients == target ? clients : runText("%1 with clients, %2 with the target").arg(clients, target);
}

} // namespace

RelayReport reportOf(const Relay& relay, const Capture& capture, const RunTexts& texts)
{
    const RelayOptions& options = relay.options();
    RelayCommand command = texts.command;
    command.options.port = texts.port != 0 ? texts.port : command.options.port;
    command.options.seed = relay.seed();
    RelayReport report;
    report.version = QStringLiteral("Sockeye ") + QCoreApplication::applicationVersion();
    report.listen = hostAndPort(options.host, command.options.port);
    report.target = hostAndPort(options.targetHost, options.targetPort);
    report.transport = reportTransport(options);
    report.protocol = options.protocol->id();
    report.command = command.text();
    report.seed = relay.seed();
    report.began = capture.startTime();
    report.written = captureNow();
    for (const FaultSettings& fault : relay.faults()) {
        report.faults.append({ fault, relay.strikes(fault.name), true });
    }
    for (const FaultSettings& fault : relay.goneFaults()) {
        report.faults.append({ fault, relay.strikes(fault.name), false });
    }
    report.rulesText = texts.rules.text;
    report.rulesFile = texts.rules.file;
    report.usesRules = texts.usesRules;
    if (texts.ruleSet) {
        for (const rules::Rule& rule : texts.ruleSet->rules()) {
            report.rules.append(
                { rule.title, rule.when.text(), ruleEffect(rule), capture.ruleHits().count(rule.title) });
        }
    }
    report.scenarioText = texts.scenario.text;
    report.scenarioFile = texts.scenario.file;
    report.usesScenario = texts.usesScenario;
    return report;
}

} // namespace sockeye
