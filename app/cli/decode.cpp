// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands.h"
#include "app/cli/recording.h"
#include "app/cli/terminal/exit_status.h"
#include "app/platform/stop_signals.h"

#include <QEventLoop>
#include <QFileInfo>
#include <QTimer>

namespace sockeye::cli {

namespace {

/// Returns when the file is read, or Ctrl+C was pressed.
void waitForReader(Capture& capture)
{
    constexpr std::chrono::milliseconds interval { 5 };
    StopSignals stopSignals;
    QEventLoop loop;
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, &loop, [&] {
        if (capture.progress() >= 1) {
            loop.quit();
        }
    });
    QObject::connect(&stopSignals, &StopSignals::stopRequested, &loop, [&] {
        capture.cancelReading();
        loop.quit();
    });
    timer.start(interval);
    loop.exec();
    capture.waitUntilIdle();
}

} // namespace

int decode(const Arguments& arguments)
{
    Output output(&StopSignals::ask);
    PrinterOptions printing;
    printing.protocol = arguments.protocol ? arguments.protocol : defaultProtocol();
    printing.limits = arguments.limits();
    printing.where = arguments.where;
    printing.fields = arguments.fields;
    const std::shared_ptr<EventPrinter> printer = newPrinter(arguments.print, output, printing);
    CaptureOptions options;
    options.protocol = printing.protocol;
    options.limits = printing.limits;
    options.observer = printer;
    const std::shared_ptr<Capture> capture = Capture::open(arguments.file, options);
    waitForReader(*capture);
    capture->waitUntilEnded(); // nobody prints any more
    if (printer) {
        printer->end();
    }
    const Failure failure = capture->failure();
    if (failure) {
        complain(failure.oneLine());
        return Failed;
    }
    return Done;
}

} // namespace sockeye::cli
