// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands.h"
#include "app/cli/recording.h"
#include "app/cli/terminal/exit_status.h"
#include "app/formats/pcapng/event_text.h"
#include "app/platform/stop_signals.h"
#include "app/storage/unpacker.h"
#include "protocol/protocols/registry.h"

#include <QEventLoop>
#include <QFile>
#include <QFileInfo>
#include <QTimer>

namespace sockeye::cli {

namespace {

/// Returns when the file is read, or Ctrl+C was pressed: false.
bool waitForReader(Capture& capture)
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
    bool isWhole = true;
    QObject::connect(&stopSignals, &StopSignals::stopRequested, &loop, [&] {
        isWhole = false;
        capture.cancelReading();
        loop.quit();
    });
    timer.start(interval);
    loop.exec();
    capture.waitUntilIdle();
    return isWhole;
}

/// Whether a relay may have told of rules and faults in that file, behind the messages that they are about.
bool mayTellOfRelay(const QString& name)
{
    constexpr qsizetype part = 1024 * 1024;
    QFile file(name);
    if (!QFileInfo(name).isFile() || !file.open(QIODevice::ReadOnly)) {
        return false; // what comes through a pipe is read once
    }
    if (packingOf(file.peek(packingHead)).name != nullptr) {
        return true; // only who unpacks it knows
    }
    QByteArray bytes;
    while (!file.atEnd()) {
        bytes = bytes.right(pcapng::strikeHead) + file.read(part);
        if (pcapng::mayHoldStrikes(bytes)) {
            return true;
        }
    }
    return false;
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
    if (mayTellOfRelay(arguments.file)) {
        CaptureOptions first;
        first.protocol = plainProtocol(); // bytes alone
        const std::shared_ptr<Capture> known = Capture::open(arguments.file, first);
        if (!waitForReader(*known)) {
            return Done;
        }
        printing.known = known;
    }
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
