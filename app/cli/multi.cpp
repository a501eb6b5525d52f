// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands.h"
#include "app/cli/recording.h"
#include "app/cli/terminal/exit_status.h"
#include "app/cli/terminal/tr.h"
#include "app/endpoint/many_connections.h"
#include "app/lines/json_line.h"
#include "app/net/io_threads.h"
#include "app/platform/file_limit.h"
#include "app/platform/stop_signals.h"
#include "protocol/protocols/registry.h"
#include "protocol/text/describe_bytes.h"

#include <QEventLoop>

namespace sockeye::cli {

namespace {

ManyOptions manyOptions(const Arguments& arguments)
{
    ManyOptions options;
    options.host = arguments.host;
    options.port = arguments.port;
    options.family = arguments.family;
    options.engine = arguments.engine;
    options.socket = arguments.socket;
    options.tls = arguments.tlsClient;
    options.proxy = arguments.proxy;
    options.connections = arguments.connections;
    options.messages = arguments.messages;
    if (arguments.timeout) {
        options.connectTimeout = *arguments.timeout;
        options.replyTimeout = *arguments.timeout;
    }
    return options;
}

ManySummary connectThem(const std::shared_ptr<Capture>& capture, const ManyOptions& options)
{
    raiseFileLimit();
    IoThreads threads(1);
    StopSignals stopSignals;
    ManyConnections many(threads, capture);
    QEventLoop loop;
    ManySummary result;
    QObject::connect(&many, &ManyConnections::finished, &loop, [&](const ManySummary& summary) {
        result = summary;
        loop.quit();
    });
    QObject::connect(&stopSignals, &StopSignals::stopRequested, &many, &ManyConnections::cancel);
    many.start(options);
    loop.exec();
    return result;
}

void printSummary(Output& output, PrintMode mode, const ManySummary& summary, int connections)
{
    QByteArray line;
    if (mode == PrintMode::Json) {
        JsonLine(line, "summary")
            .integer("connections", connections)
            .integer("intact", summary.intact)
            .integer("changed", summary.changed)
            .integer("short", summary.tooShort)
            .integer("failed", summary.failed)
            .integer("bytes_out", summary.bytesOut)
            .integer("bytes_in", summary.bytesIn)
            .time("seconds", summary.nanoseconds)
            .end();
    } else if (mode == PrintMode::Text) {
        line = tr("%1 connections: %2 intact, %3 with other bytes than were sent, %4 short, %5 failed; %6 bytes out, "
                  "%7 in.")
                   .arg(groupedDigits(connections), groupedDigits(summary.intact), groupedDigits(summary.changed),
                       groupedDigits(summary.tooShort), groupedDigits(summary.failed), groupedDigits(summary.bytesOut),
                       groupedDigits(summary.bytesIn))
                   .toUtf8()
            + '\n';
    }
    output.write(line);
    output.flush();
}

} // namespace

int multi(const Arguments& arguments)
{
    PrinterOptions printing;
    printing.limits = arguments.limits();
    printing.protocol = plainProtocol();
    Recording recording(arguments, printing,
        QString(u"Client of " + placeText(arguments.host, arguments.port) + u", "
            + QString::number(arguments.connections) + u" connections"));
    if (!recording.fileIsGood()) {
        return Failed;
    }
    const ManySummary summary = connectThem(recording.capture(), manyOptions(arguments));
    const bool recorded = recording.finish();
    printSummary(recording.output(), arguments.print, summary, arguments.connections);
    if (summary.failure && !Output::hasFailed()) { // which has cancelled it, and said why
        complain(summary.failure.oneLine());
    }
    return recorded && summary.tooShort == 0 && summary.failed == 0 ? Done : Failed;
}

} // namespace sockeye::cli
