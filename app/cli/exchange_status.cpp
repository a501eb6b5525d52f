// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/exchange_status.h"

#include "app/cli/terminal/exit_status.h"
#include "app/cli/terminal/output.h"
#include "app/cli/terminal/tr.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace sockeye::cli {

namespace {

QJsonObject microseconds(const LatencyHistogram& times)
{
    const auto value = [](qint64 nanoseconds) { return static_cast<double>(nanoseconds) / 1000; };
    return { { QStringLiteral("p50"), value(times.percentile(0.5)) },
        { QStringLiteral("p90"), value(times.percentile(0.9)) },
        { QStringLiteral("p99"), value(times.percentile(0.99)) },
        { QStringLiteral("p999"), value(times.percentile(0.999)) }, { QStringLiteral("max"), value(times.max()) } };
}

} // namespace

void addRepeated(JsonLine& json, const ExchangeRun& run)
{
    if (!run.end) {
        return;
    }
    QJsonObject repeat { { QStringLiteral("sent"), run.report.sent() },
        { QStringLiteral("replies"), run.report.replies() }, { QStringLiteral("failures"), run.report.failures() },
        { QStringLiteral("matched"), *run.end == RepeatEnd::Matched } };
    if (run.report.intervals().count() > 0) {
        repeat.insert(QStringLiteral("interval_us"), microseconds(run.report.intervals()));
    }
    if (run.report.replies() > 0) {
        repeat.insert(QStringLiteral("latency_us"), microseconds(run.report.latencies()));
    }
    json.json("repeat", QJsonDocument(repeat).toJson(QJsonDocument::Compact));
}

QByteArray repeatedText(const ExchangeRun& run)
{
    return run.end ? describe(run.report).toUtf8() + '\n' : QByteArray();
}

std::optional<int> statusOf(const ExchangeRun& run, const Arguments& arguments)
{
    if (!run.end) {
        if (run.last.ok()) {
            return std::nullopt;
        }
        if (!Output::hasFailed()) { // which has cancelled the exchange, and said why
            complain(run.last.failure.oneLine());
        }
        return Failed;
    }
    if (*run.end == RepeatEnd::Matched) {
        return std::nullopt;
    }
    if (run.report.lastFailure()) {
        complain(run.report.lastFailure().oneLine());
        return Failed;
    }
    if (arguments.repeat->until) {
        complain(tr("No reply matched the filter of --until."));
        return Unexpected;
    }
    return std::nullopt;
}

} // namespace sockeye::cli
