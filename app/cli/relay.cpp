// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/relay.h"

#include "app/cli/commands.h"
#include "app/cli/listening.h"
#include "app/cli/terminal/exit_status.h"
#include "app/cli/terminal/tr.h"
#include "app/net/io_threads.h"
#include "app/platform/file_limit.h"

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
    if (mode == PrintMode::Json) {
        return listeningJson(relay, options.transport, QStringLiteral("relay"), [&](JsonLine& json) {
            json.string("target", targetText(options)).integer("seed", static_cast<qint64>(relay.seed()));
        });
    }
    QByteArray line;
    if (mode == PrintMode::Text) {
        line = tr("Listening on %1, passing on to %2. Ctrl+C stops.")
                   .arg(relay.address().toString(), targetText(options))
                   .toUtf8()
            + '\n';
        if (const auto& certificate = relay.certificate()) {
            line += tr("Its certificate: %1, SHA-256 %2").arg(certificate->subject, certificate->fingerprint).toUtf8()
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
    const RelayOptions& options = arguments.relay.options;
    return listenUntilAsked(
        relay, stopSignals, arguments, recording, [&] { relay.start(options); },
        [&] { return relayingLine(arguments.print, options, relay); });
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
