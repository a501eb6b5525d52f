// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/relay.h"

#include "app/cli/commands.h"
#include "app/cli/recording.h"
#include "app/cli/terminal/exit_status.h"
#include "app/cli/terminal/tr.h"
#include "app/lines/json_line.h"
#include "app/net/io_threads.h"
#include "app/platform/file_limit.h"
#include "app/platform/stop_signals.h"

#include <QEventLoop>
#include <QTimer>

namespace sockeye::cli {

namespace {

QString targetText(const RelayOptions& options)
{
    const bool isIpv6 = options.targetHost.contains(u':');
    return (isIpv6 ? u'[' + options.targetHost + u']' : options.targetHost) + u':'
        + QString::number(options.targetPort);
}

QByteArray relayingLine(PrintMode mode, const RelayOptions& options, const Relay& relay)
{
    QByteArray line;
    const SocketAddress address = relay.address();
    const bool isTls = relay.certificate().has_value();
    if (mode == PrintMode::Json) {
        JsonLine json(line, "listening");
        json.time("time", captureNow())
            .string("service", QByteArrayView("relay"))
            .string("transport",
                options.transport == Transport::Udp ? QByteArrayView("udp")
                    : isTls                         ? QByteArrayView("tls")
                                                    : QByteArrayView("tcp"))
            .string("host", address.hostText())
            .integer("port", address.port)
            .string("target", targetText(options))
            .integer("seed", static_cast<qint64>(relay.seed()));
        if (isTls) {
            json.string("certificate", relay.certificate()->subject)
                .string("certificate_sha256", relay.certificate()->fingerprint);
        }
        json.end();
    } else if (mode == PrintMode::Text) {
        line =
            tr("Listening on %1, passing on to %2. Ctrl+C stops.").arg(address.toString(), targetText(options)).toUtf8()
            + '\n';
        if (isTls) {
            line += tr("Its certificate: %1, SHA-256 %2")
                        .arg(relay.certificate()->subject, relay.certificate()->fingerprint)
                        .toUtf8()
                + '\n';
        }
        if (!options.faults.isEmpty() && !options.seed) {
            line += tr("To draw the same faults again: --seed %1").arg(relay.seed()).toUtf8() + '\n';
        }
    }
    return line;
}

/// Runs the relay until it is told to stop. Returns false if it never listened.
bool relayUntilAsked(const Arguments& arguments, Recording& recording)
{
    raiseFileLimit(); // each conversation takes two
    StopSignals stopSignals;
    IoThreads threads;
    Relay relay(threads, recording.capture());
    QEventLoop loop;
    bool listened = false;
    Failure failure;
    QObject::connect(&relay, &Relay::stateChanged, &loop, [&] {
        switch (relay.state()) {
        case Relay::State::Listening:
            listened = true;
            recording.output().release(relayingLine(arguments.print, arguments.relay.options, relay));
            break;
        case Relay::State::Failed:
            failure = relay.failure();
            loop.quit();
            break;
        case Relay::State::Stopped:
            loop.quit();
            break;
        case Relay::State::Starting:
        case Relay::State::Stopping:
            break;
        }
    });
    QObject::connect(&relay, &Relay::acceptTrouble, &loop, [](const Failure& trouble) {
        complain(trouble ? trouble.oneLine() : tr("New connections are accepted again."));
    });
    QObject::connect(&stopSignals, &StopSignals::stopRequested, &relay, &Relay::stop);
    QTimer counter;
    if (arguments.count) {
        // Looked at often enough that nobody waits for it; the relay itself knows of no limit.
        constexpr std::chrono::milliseconds interval { 5 };
        QObject::connect(&counter, &QTimer::timeout, &relay, [&] {
            if (relay.exchanges() >= *arguments.count) {
                counter.stop();
                relay.stop();
            }
        });
        counter.start(interval);
    }
    if (arguments.seconds) {
        QTimer::singleShot(*arguments.seconds, &relay, &Relay::stop);
    }
    recording.output().hold();
    relay.start(arguments.relay.options);
    loop.exec();
    recording.output().release();
    if (failure) {
        complain(failure.oneLine());
    }
    return listened && !failure;
}

} // namespace

int relay(const Arguments& arguments)
{
    const RelayOptions& options = arguments.relay.options;
    PrinterOptions printing;
    printing.protocol = options.protocol;
    printing.limits = arguments.limits();
    printing.isRelay = true;
    printing.tellsPassed = options.tellsPassed;
    Recording recording(arguments, printing,
        QString(u"Relay " + options.host + u" port " + QString::number(options.port) + u" to " + targetText(options)));
    if (!recording.fileIsGood()) {
        return Failed;
    }
    const bool relayed = relayUntilAsked(arguments, recording);
    return recording.finish() && relayed ? Done : Failed;
}

} // namespace sockeye::cli
