// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands.h"
#include "app/cli/load_text.h"
#include "app/cli/result_file.h"
#include "app/cli/terminal/exit_status.h"
#include "app/cli/terminal/output.h"
#include "app/cli/terminal/tr.h"
#include "app/load/load_export.h"
#include "app/load/load_run.h"
#include "app/platform/stop_signals.h"
#include "app/storage/input_bytes.h"
#include "protocol/text/describe_bytes.h"

#include <QEventLoop>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <optional>

namespace sockeye::cli {

namespace {

constexpr qint64 largestResult = 64 * 1024 * 1024; ///< of a run before

/// One line on standard error that is written over and over, where that is a terminal.
class ProgressLine {
public:
    explicit ProgressLine(bool wanted)
        : m_wanted(wanted && isTerminal(StandardStream::Error))
    {
    }
    [[nodiscard]] bool isWanted() const { return m_wanted; }
    void show(const QByteArray& text) const
    {
        const QByteArray line = "\r\033[K" + text;
        std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stderr);
        std::fflush(stderr);
    }
    void clear() const
    {
        if (m_wanted) {
            show({});
        }
    }

private:
    bool m_wanted;
};

void waitForEnd(LoadRun& run, const LoadPlan& plan, const ProgressLine& progress)
{
    StopSignals stopSignals;
    QEventLoop loop;
    QObject::connect(&stopSignals, &StopSignals::stopRequested, &run, &LoadRun::stop);
    QObject::connect(&run, &LoadRun::finished, &loop, &QEventLoop::quit, Qt::QueuedConnection);
    QTimer timer;
    if (progress.isWanted()) {
        QObject::connect(&timer, &QTimer::timeout, &run, [&] { progress.show(loadProgressText(run.report())); });
        timer.start(250);
    }
    run.start(plan);
    loop.exec();
    timer.stop();
    progress.clear();
}

/// What went wrong most often, in one line.
void complainOf(const LoadReport& report)
{
    if (report.failure) {
        complain(report.failure.oneLine());
        return;
    }
    if (report.errorCount() == 0) {
        complain(tr("None of %1 requests got a reply. %2")
                     .arg(groupedDigits(report.datagrams.lost),
                         failureOf(LoadError::TimedOut, report.serverName(), report.plan.transport).oneLine()));
        return;
    }
    const auto most = std::max_element(report.errors.begin(), report.errors.end());
    const auto error = static_cast<LoadError>(most - report.errors.begin());
    complain(tr("%1 of %2 requests got no right reply. %3")
                 .arg(groupedDigits(report.errorCount()), groupedDigits(report.errorCount() + report.requests()),
                     failureOf(error, report.serverName(), report.plan.transport).oneLine()));
}

/// The run before, if one was named; false: it cannot be read.
bool readBefore(const QString& name, std::optional<LoadFigures>& before)
{
    if (name.isEmpty()) {
        return true;
    }
    const auto json = inputBytes(name, largestResult);
    if (!json) {
        complain(json.error());
        return false;
    }
    const auto figures = figuresFromJson(*json);
    if (!figures) {
        complain(tr("%1 cannot be compared with. %2").arg(name, figures.error()));
        return false;
    }
    before = *figures;
    return true;
}

} // namespace

int load(const Arguments& arguments)
{
    const LoadArguments& wanted = arguments.load;
    std::optional<LoadFigures> before;
    if (!readBefore(wanted.compareFile, before)) {
        return Failed;
    }
    if (!canBeWritten(wanted.jsonFile) || !canBeWritten(wanted.csvFile)) {
        return Failed;
    }
    Output output(&StopSignals::ask);
    LoadRun run;
    waitForEnd(run, wanted.plan, ProgressLine(arguments.print == PrintMode::Text));
    const LoadReport& report = run.report();
    bool written = writeResult(output, wanted.jsonFile, loadJson(report));
    written = writeResult(output, wanted.csvFile, loadCsv(report)) && written;
    if (arguments.print == PrintMode::Json) {
        output.write(loadJson(report));
    } else if (arguments.print == PrintMode::Text && !report.failure) {
        output.write(loadText(report));
        if (before) {
            output.write(comparisonText(*before, figuresOf(report)));
        }
    }
    output.flush();
    const bool allLost = report.requests() == 0 && report.datagrams.lost > 0;
    if (!report.failure && report.requests() == 0 && report.errorCount() == 0 && !allLost) {
        complain(tr("Stopped before any reply had come: there is nothing to measure."));
        return Failed;
    }
    if (report.failure || report.errorCount() > 0 || allLost) {
        complainOf(report);
        return Failed;
    }
    return written ? Done : Failed;
}

} // namespace sockeye::cli
