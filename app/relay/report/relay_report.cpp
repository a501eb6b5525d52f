// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/report/relay_report.h"

#include "app/relay/faults/fault_kinds.h"
#include "app/relay/report/markdown.h"
#include "protocol/text/describe_bytes.h"

#include <QCoreApplication>
#include <QDateTime>

namespace sockeye {

namespace {

QString reportText(const char* text, int n = -1)
{
    return QCoreApplication::translate("sockeye::RelayReport", text, nullptr, n);
}

QString reportTime(qint64 nanoseconds)
{
    constexpr qint64 perMillisecond = 1'000'000;
    return QDateTime::fromMSecsSinceEpoch(nanoseconds / perMillisecond).toString(Qt::ISODateWithMs);
}

QString reportHeading(const QString& text)
{
    return u"\n## " + text + u"\n\n";
}

QString runPart(const RelayReport& report)
{
    QList<QStringList> rows { { reportText("Listened on"), markdown::code(report.listen) },
        { reportText("Passed on to"), markdown::code(report.target) },
        { reportText("Transport"), markdown::plain(report.transport) },
        { reportText("Protocol"), markdown::code(report.protocol) },
        { reportText("Seed"), QString::number(report.seed) } };
    if (report.began > 0) {
        rows.append({ reportText("First event"), reportTime(report.began) });
    }
    rows.append({ reportText("This report"), reportTime(report.written) });
    if (!report.captureFile.isEmpty()) {
        rows.append({ reportText("Capture"), markdown::code(report.captureFile) });
    }
    return markdown::table({ reportText("What"), reportText("Value") }, rows) + u'\n'
        + reportText("This command does the same again; with the same seed the same bytes are struck:") + u"\n\n"
        + markdown::block(report.command, QStringLiteral("sh"));
}

QString faultsPart(const RelayReport& report)
{
    if (report.faults.isEmpty()) {
        return reportText("None: everything passed as it came.") + u'\n';
    }
    QList<QStringList> rows;
    for (const RelayReport::Fault& fault : report.faults) {
        const FaultKind* const kind = findFaultKind(fault.settings.kind);
        rows.append({ markdown::code(fault.settings.name), markdown::code(writeFault(fault.settings)),
            kind != nullptr ? markdown::plain(kind->sentence()) : QString(),
            !fault.isInForce             ? reportText("gone again")
                : fault.settings.enabled ? reportText("in force")
                                         : reportText("switched off"),
            groupedDigits(fault.strikes) });
    }
    return markdown::table({ reportText("Name"), reportText("Fault"), reportText("What it does"), reportText("State"),
                               reportText("Strikes") },
        rows, { 4 });
}

QString textPart(const QString& text, const QString& file, const QString& language)
{
    return (file.isEmpty() ? QString() : reportText("As in %1:").arg(markdown::code(file)) + u"\n\n")
        + markdown::block(text, language);
}

QString rulesPart(const RelayReport& report)
{
    QList<QStringList> rows;
    for (const RelayReport::Rule& rule : report.rules) {
        rows.append({ markdown::plain(rule.title),
            rule.when.isEmpty() ? reportText("every message") : markdown::code(rule.when), markdown::plain(rule.effect),
            groupedDigits(rule.hits) });
    }
    const QString state =
        report.usesRules ? QString() : reportText("They are switched off: messages pass without them.") + u"\n\n";
    const QString text = textPart(report.rulesText, report.rulesFile, QStringLiteral("toml"));
    if (rows.isEmpty()) {
        return state + text;
    }
    return state
        + markdown::table(
            { reportText("Rule"), reportText("When"), reportText("What it does"), reportText("Hits") }, rows, { 3 })
        + u'\n' + text;
}

QString endOf(const ConnectionRecord& record)
{
    switch (record.state) {
    case ConnectionState::Reset:
        return reportText("reset");
    case ConnectionState::Failed:
        return reportText("failed");
    case ConnectionState::Closed:
        return reportText("closed");
    case ConnectionState::Open:
    case ConnectionState::PeerFinished:
    case ConnectionState::WeFinished:
        break;
    }
    return reportText("open");
}

QString targetCell(const std::optional<TargetLeg>& target)
{
    if (!target) {
        return {};
    }
    return target->state == TargetLeg::State::Failed ? markdown::plain(target->failure.oneLine())
                                                     : markdown::code(target->peer.toString());
}

QString trafficPart(const RelayTraffic& traffic)
{
    QString text = markdown::table({ reportText("What"), reportText("How many") },
        { { reportText("Connections"), groupedDigits(traffic.connections) },
            { reportText("Still open"), groupedDigits(traffic.open) },
            { reportText("Reset"), groupedDigits(traffic.reset) },
            { reportText("Failed"), groupedDigits(traffic.failed) },
            { reportText("Bytes from clients"), groupedDigits(traffic.bytesIn) },
            { reportText("Bytes from the target"), groupedDigits(traffic.bytesOut) },
            { reportText("Messages from clients"), groupedDigits(traffic.messagesIn) },
            { reportText("Messages from the target"), groupedDigits(traffic.messagesOut) } },
        { 1 });
    if (traffic.listed.isEmpty()) {
        return text;
    }
    QList<QStringList> rows;
    for (const RelayTraffic::Conversation& each : traffic.listed) {
        rows.append({ QString::number(each.record.id), markdown::code(each.record.facts.peer.toString()),
            targetCell(each.target), groupedDigits(each.record.bytesIn), groupedDigits(each.record.bytesOut),
            endOf(each.record) });
    }
    text += u'\n'
        + markdown::table(
            { reportText("No."), reportText("Client"), reportText("Target"), reportText("Bytes from the client"),
                reportText("Bytes from the target"), reportText("End") },
            rows, { 0, 3, 4 });
    if (const qint64 more = traffic.connections - traffic.listed.size(); more > 0) {
        text += u'\n' + reportText("And %n more connection(s).", static_cast<int>(more)) + u'\n';
    }
    return text;
}

} // namespace

QString relayReportText(const RelayReport& report, const RelayTraffic& traffic)
{
    QString text = u"# "
        + reportText("Relay %1 to %2").arg(markdown::plain(report.listen), markdown::plain(report.target)) + u"\n\n"
        + runPart(report) + reportHeading(reportText("Faults")) + faultsPart(report);
    if (!report.rulesText.isEmpty()) {
        text += reportHeading(reportText("Rules")) + rulesPart(report);
    }
    if (!report.scenarioText.isEmpty()) {
        text += reportHeading(reportText("Scenario"))
            + (report.usesScenario ? QString() : reportText("It is switched off.") + u"\n\n")
            + textPart(report.scenarioText, report.scenarioFile, {});
    }
    text += reportHeading(reportText("Traffic"));
    if (report.hasOthers) {
        text += reportText("Connections of proxies that were made over Toxiproxy's API are among these.") + u"\n\n";
    }
    return text + trafficPart(traffic) + u'\n' + reportText("Written by %1.").arg(markdown::plain(report.version))
        + u'\n';
}

} // namespace sockeye
