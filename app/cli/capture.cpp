// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands.h"
#include "app/cli/recording.h"
#include "app/cli/terminal/exit_status.h"
#include "app/cli/terminal/tr.h"
#include "app/lines/json_line.h"
#include "app/live/live_capture.h"
#include "app/live/network_interface.h"
#include "app/live/tool_run.h"
#include "app/platform/stop_signals.h"
#include "protocol/text/describe_bytes.h"

#include <QEventLoop>
#include <QTimer>

namespace sockeye::cli {

namespace {

QByteArray interfaceLine(PrintMode mode, const NetworkInterface& interface)
{
    QByteArray line;
    if (mode == PrintMode::Json) {
        JsonLine(line, "interface")
            .string("name", interface.name)
            .string("description", interface.description)
            .string("addresses", interface.addresses.join(u' '))
            .boolean("up", interface.up)
            .boolean("loopback", interface.loopback)
            .end();
    } else if (mode == PrintMode::Text) {
        line = interfaceText(interface).toUtf8() + '\n';
    }
    return line;
}

int list(const Arguments& arguments)
{
    Output output(&StopSignals::ask);
    QEventLoop loop;
    Failure failure;
    runCaptureTool(captureToolPath(), { QStringLiteral("interfaces") }, &loop, [&](const ToolResult& result) {
        failure = result.failure;
        for (const NetworkInterface& interface : parseInterfaces(result.output)) {
            output.write(interfaceLine(arguments.print, interface));
        }
        loop.quit();
    });
    loop.exec();
    if (failure) {
        complain(failure.oneLine());
        return Failed;
    }
    return Done;
}

QByteArray capturingLine(const Arguments& arguments, qint64 time)
{
    QByteArray line;
    if (arguments.print == PrintMode::Json) {
        JsonLine(line, "capturing")
            .time("time", time)
            .string("interface", arguments.interface)
            .string("filter", arguments.filter)
            .end();
    } else if (arguments.print == PrintMode::Text) {
        const QString what = arguments.filter.isEmpty() ? tr("everything") : arguments.filter;
        line = tr("Capturing from %1: %2. Ctrl+C stops.").arg(arguments.interface, what).toUtf8() + '\n';
    }
    return line;
}

QByteArray capturedLine(const PacketCounts& counts)
{
    QByteArray line;
    JsonLine(line, "captured")
        .time("time", captureNow())
        .integer("packets", static_cast<qint64>(counts.captured))
        .integer("dropped", static_cast<qint64>(counts.dropped))
        .integer("missed", static_cast<qint64>(counts.missed))
        .end();
    return line;
}

/// Returns when it has ended by itself, or was stopped, and what it captured has been read.
void captureFrom(const Arguments& arguments, LiveCapture& live, Output& output, const CaptureOptions& reading)
{
    StopSignals stopSignals;
    QEventLoop loop;
    QTimer lookout;
    QObject::connect(&stopSignals, &StopSignals::stopRequested, &live, &LiveCapture::stop);
    QObject::connect(&live, &LiveCapture::stateChanged, &loop, [&] {
        if (live.state() == LiveCapture::State::Capturing) {
            output.release(capturingLine(arguments, live.startedAt()));
            if (arguments.seconds) {
                QTimer::singleShot(*arguments.seconds, &live, &LiveCapture::stop);
            }
        } else if (!live.isRunning() && live.state() != LiveCapture::State::Starting) {
            constexpr std::chrono::milliseconds interval { 5 };
            lookout.start(interval);
        }
    });
    QObject::connect(&lookout, &QTimer::timeout, &loop, [&] {
        const std::shared_ptr<Capture>& capture = live.capture();
        if (!capture || (capture->progress() >= 1 && !capture->isFollowing())) {
            loop.quit();
        }
    });
    LiveCaptureOptions options;
    options.interface = arguments.interface;
    options.filter = arguments.filter;
    options.file = arguments.capture;
    options.onCopyFailed = &StopSignals::ask;
    options.leaveBehind = false; // nobody would offer it
    options.count = static_cast<quint64>(arguments.count.value_or(0));
    output.hold();
    // From within the loop: it may fail at once.
    QTimer::singleShot(0, &live, [&] { live.start(options, reading); });
    loop.exec();
    output.release();
}

} // namespace

int capture(const Arguments& arguments)
{
    if (arguments.interface.isEmpty()) {
        return list(arguments);
    }
    Output output(&StopSignals::ask, besides(arguments.capture));
    PrinterOptions printing;
    printing.protocol = arguments.protocol ? arguments.protocol : defaultProtocol();
    printing.limits = arguments.limits();
    printing.where = arguments.where;
    const std::shared_ptr<EventPrinter> printer = newPrinter(arguments.print, output, printing);
    CaptureOptions reading;
    reading.protocol = printing.protocol;
    reading.limits = printing.limits;
    reading.observer = printer;
    LiveCapture live;
    captureFrom(arguments, live, output, reading);
    const Failure readFailure = live.capture() ? live.capture()->failure() : Failure();
    const PacketCounts counts = live.counts();
    const bool captured = live.startedAt() != 0;
    const std::shared_ptr<Capture> read = live.capture();
    live.clear();
    if (read) {
        read->waitUntilEnded(); // nobody prints any more
    }
    if (printer) {
        printer->end();
    }
    if (captured && arguments.print == PrintMode::Json) {
        output.write(capturedLine(counts));
    }
    output.flush();
    if (counts.dropped > 0) {
        complain(
            tr("The kernel dropped %1 packets: they came faster than they could be written. A filter makes them fewer.")
                .arg(groupedDigits(static_cast<qint64>(counts.dropped))));
    }
    if (live.failure()) {
        complain(live.failure().oneLine());
        return live.failure().code == FailureCode::BadFilter ? WrongUsage : Failed;
    }
    if (readFailure) {
        complain(readFailure.oneLine());
        return Failed;
    }
    return Done;
}

} // namespace sockeye::cli
