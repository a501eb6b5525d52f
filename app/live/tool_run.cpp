// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/live/tool_run.h"

#include "app/live/live_failure.h"
#include "app/live/tool_line.h"
#include "app/platform/tool_output.h"

#include <QPointer>
#include <QProcess>
#include <QTimer>

#include <chrono>

namespace sockeye {

namespace {

using namespace std::chrono_literals;

constexpr qsizetype longestOutput = 1024 * 1024;
// A name in a filter may have to be looked up.
constexpr auto longestRun = 20s;

Failure failureOf(QProcess& process, const QString& tool, const QStringList& arguments)
{
    if (process.error() == QProcess::FailedToStart) {
        return toolNotStarted(tool, process.errorString());
    }
    for (const QByteArray& line : process.readAllStandardError().split('\n')) {
        const ToolLine told = parseToolLine(line);
        if (const auto* error = std::get_if<ToolError>(&told)) {
            return liveFailure(*error, tool, arguments.value(1), arguments.value(2));
        }
    }
    const bool good = process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    return good ? Failure() : toolEnded(tool);
}

} // namespace

void runCaptureTool(
    const QString& tool, const QStringList& arguments, QObject* context, std::function<void(const ToolResult&)> done)
{
    if (!hasCaptureTool()) {
        QTimer::singleShot(0, context, [done = std::move(done)] { done({ {}, liveNotAvailable() }); });
        return;
    }
    // Its own owner: whoever asked may be gone before it ends.
    auto* process = new QProcess;
    process->setStandardInputFile(QProcess::nullDevice());
    const auto end = [process, tool, arguments, asked = QPointer(context), done = std::move(done)] {
        if (asked) {
            done({ process->readAllStandardOutput().left(longestOutput), failureOf(*process, tool, arguments) });
        }
        process->deleteLater();
    };
    QObject::connect(process, &QProcess::finished, process, end);
    QObject::connect(process, &QProcess::errorOccurred, process, [end](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) {
            end();
        }
    });
    QTimer::singleShot(longestRun, process, &QProcess::kill);
    process->start(tool, arguments);
}

} // namespace sockeye
