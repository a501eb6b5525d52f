// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/relay.h"

#include "app/cli/commands.h"
#include "app/cli/listening.h"
#include "app/cli/relay_line.h"
#include "app/cli/relay_report_file.h"
#include "app/cli/relay_set.h"
#include "app/cli/rules_reload.h"
#include "app/cli/terminal/exit_status.h"
#include "app/cli/terminal/tr.h"
#include "app/net/io_threads.h"
#include "app/platform/file_limit.h"
#include "app/relay/scenario/scenario_player.h"

namespace sockeye::cli {

namespace {

/// Runs the relay until it is told to stop. Returns false if it never listened.
bool relayUntilAsked(const Arguments& arguments, Recording& recording)
{
    raiseFileLimit(); // each conversation takes two
    StopSignals stopSignals;
    if (arguments.relay.api) {
        return relaysUntilAsked(stopSignals, arguments, recording);
    }
    IoThreads threads;
    Relay relay(threads, recording.capture());
    const ScenarioPlayer player(relay, arguments.relay.scenario);
    quint16 port = 0;
    const bool relayed = listenUntilAsked(
        relay, stopSignals, arguments, recording, [&] { relay.start(arguments.relay.options); },
        [&] {
            port = relay.address().port;
            return relayingLine(arguments.print, relay, {});
        });
    return relayed && writeReport(arguments, relay, port, recording, false);
}

} // namespace

int relay(const Arguments& asked)
{
    if (!reportCanBeWritten(asked)) {
        return Failed;
    }
    RulesReload rules(asked);
    Arguments arguments = asked;
    arguments.relay.options.rules = rules.shelf();
    RelayOptions& options = arguments.relay.options;
    const bool tellsPassed = options.tellsPassed;
    const bool mayHaveFaults =
        !options.faults.empty() || !arguments.relay.scenario.empty() || arguments.relay.api.has_value();
    const bool tellsFaults = mayHaveFaults && (tellsPassed || !arguments.where.isEmpty());
    options.tellsPassed = tellsPassed || tellsFaults;
    PrinterOptions printing;
    printing.tellsFaults = tellsFaults;
    printing.protocol = options.protocol;
    printing.limits = arguments.limits();
    printing.isRelay = true;
    printing.tellsPassed = tellsPassed;
    printing.tellsRules = rules.shelf() != nullptr;
    Recording recording(arguments, printing,
        arguments.relay.hasEnds
            ? QString(u"Relay " + placeText(options.host, options.port) + u" to " + targetText(options))
            : QStringLiteral("Relays of Toxiproxy's API"));
    if (!recording.fileIsGood()) {
        return Failed;
    }
    rules.follow(recording.capture());
    const bool relayed = relayUntilAsked(arguments, recording);
    rules.stop();
    return recording.finish() && relayed ? Done : Failed;
}

} // namespace sockeye::cli
