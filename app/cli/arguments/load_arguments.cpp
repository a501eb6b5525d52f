// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/arguments/command_arguments.h"
#include "app/cli/arguments/input_file.h"

#include "app/cli/arguments/hex_option.h"
#include "app/cli/arguments/number_check.h"
#include "app/cli/terminal/tr.h"
#include "protocol/protocols/registry.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/text/visible_text.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace sockeye::cli {

namespace {

constexpr int nameLength = 24; // characters of a hand-made request in its name

/// "search=8,binary=1,arithmetic=1"; a kind without a number counts once.
tl::expected<LoadMix, QString> mixFrom(const QString& spec)
{
    LoadMix mix { 0, 0, 0 };
    for (const QString& part : spec.split(u',')) {
        const QString kind = part.section(u'=', 0, 0);
        bool isNumber = true;
        const int weight = part.contains(u'=') ? part.section(u'=', 1).toInt(&isNumber) : 1;
        int* const place = kind == u"search" ? &mix.search
            : kind == u"binary"              ? &mix.binary
            : kind == u"arithmetic"          ? &mix.arithmetic
                                             : nullptr;
        if (place == nullptr || !isNumber || weight < 0 || weight > LoadPlan::maxWeight) {
            return tl::unexpected(tr("--mix: \"%1\" is none of search, binary and arithmetic with a weight from "
                                     "0 to %2, such as search=8,binary=1.")
                                      .arg(part, groupedDigits(LoadPlan::maxWeight)));
        }
        *place = weight;
    }
    return mix;
}

/// What is recognized as a message is answered with one; else as much comes back as was sent.
ProtocolPtr protocolOfReplies(const QList<LoadRequest>& requests)
{
    ProtocolPtr replies = defaultProtocol();
    for (const LoadRequest& request : requests) {
        replies = protocolOf(request.bytes, {});
        if (!replies) {
            return plainProtocol();
        }
    }
    return replies;
}

LoadRequest handMade(const QByteArray& bytes, const QString& name)
{
    const QString shown = visibleText(name);
    return { shown.size() > nameLength ? QString(shown.left(nameLength) + u'…') : shown, bytes, {},
        LoadPlan::weightUnit };
}

tl::expected<QList<LoadRequest>, UsageError> handMadeRequests(const LoadWords& words)
{
    QList<LoadRequest> list;
    for (const std::string& hex : words.hex) {
        const auto bytes = bytesOfHexOption(QString::fromStdString(hex));
        if (!bytes) {
            return tl::unexpected(bytes.error());
        }
        list.append(handMade(*bytes, QString::fromStdString(hex)));
    }
    for (const std::string& text : words.text) {
        list.append(handMade(QByteArray::fromStdString(text), QString::fromStdString(text)));
    }
    return list;
}

void addLoadOptions(CLI::App& command, LoadWords& words, Arguments& arguments)
{
    command.add_option("--mode", words.mode, "A connection for each request, connections that stay, or pipelining")
        ->check(CLI::IsMember({ "fresh", "keep", "pipe" }))
        ->capture_default_str();
    command.add_option("--connections", words.connections, "At the same time")
        ->check(CLI::Range(1, LoadPlan::maxConnections))
        ->type_name("C")
        ->capture_default_str();
    command.add_option("--depth", words.depth, "Mode pipe: requests outstanding on each connection")
        ->check(CLI::Range(1, LoadPlan::maxDepth))
        ->type_name("P")
        ->capture_default_str();
    command.add_option("--requests", words.requests, "Ends after that many")
        ->check(CLI::Range(1LL, static_cast<long long>(LoadPlan::maxRequests)))
        ->type_name("N");
    command
        .add_option("--rate", words.rate,
            "Requests a second, whatever the server does (open loop: latencies count from when each was due); without "
            "it, as fast as it answers")
        ->check(numberWithin(0.001, LoadPlan::maxRate))
        ->type_name("R");
    command.add_option("--warmup", words.warmUp, "Seconds before the measurement, which do not count")
        ->check(numberWithin(0.0, 3600.0))
        ->type_name("S");
    command.add_option("--mix", words.mix, "What is asked, with weights: search=8,binary=1,arithmetic=1")
        ->type_name("SPEC");
    command.add_option("--hex", words.hex, "A request in hexadecimal; may be given again and again")
        ->type_name("HEX")
        ->allow_extra_args(false);
    command.add_option("--text", words.text, "A request as UTF-8 text; may be given again and again")
        ->type_name("TEXT")
        ->allow_extra_args(false);
    command
        .add_option("--protocol", words.replies,
            "When a reply is whole: after a message, a line, or (raw) as many bytes as were sent")
        ->type_name("P");
    command.add_flag("--until-close", arguments.untilClose,
        "A reply is all that comes until the server closes the connection; mode fresh");
    command.add_flag("--learn", words.learn, "Take first replies for the right ones, not the wire protocol's");
    command.add_option("--threads", words.threads, "That generate the load (default: half as many as there are cores)")
        ->check(CLI::Range(1, 8))
        ->type_name("N");
    command.add_option("--csv", words.csv, "Write the course over time there")->type_name("FILE");
    command.add_option("--json", words.json, "Write the result there, also for --compare")->type_name("FILE");
    checkInputFile(*command.add_option("--compare", words.compare, "Show the result of a run before beside this one")
                        ->type_name("FILE.json"));
}

Taken takeLoadWords(const CLI::App& command, const LoadWords& words, Arguments& arguments)
{
    LoadPlan& plan = arguments.load.plan;
    plan.host = arguments.host;
    plan.port = arguments.port;
    plan.family = arguments.family;
    plan.engine = arguments.engine;
    plan.socket = arguments.socket;
    plan.transport = arguments.udp ? Transport::Udp : Transport::Tcp;
    plan.tls = arguments.tlsClient;
    plan.resume = words.resume;
    plan.proxy = arguments.proxy;
    plan.untilClose = arguments.untilClose;
    plan.mode = loadModeFromName(QString::fromStdString(words.mode)).value_or(LoadMode::Fresh);
    plan.connections = words.connections;
    plan.depth = words.depth;
    if (plan.socket.bindTo.port != 0 && (plan.connections > 1 || plan.mode == LoadMode::Fresh)) {
        return tl::unexpected(tr("--bind: connections to one place cannot have the same port, neither at the same time "
                                 "nor soon after another: give an address alone."));
    }
    if (command.count("--depth") > 0 && plan.mode != LoadMode::Pipe) {
        return tl::unexpected(tr("--depth: only --mode pipe has several requests outstanding."));
    }
    plan.requests = words.requests;
    if (arguments.seconds) {
        plan.duration = *arguments.seconds;
    } else if (plan.requests > 0) {
        plan.duration = std::chrono::milliseconds(0);
    }
    plan.warmUp = std::chrono::milliseconds(static_cast<qint64>(words.warmUp * 1'000));
    if (plan.warmUp.count() > 0 && plan.requests > 0) {
        return tl::unexpected(tr("--warmup: a run of so many requests counts all of them."));
    }
    plan.rate = words.rate;
    plan.threads = words.threads;
    plan.learn = words.learn;
    plan.timeout = arguments.timeout.value_or(arguments.udp ? LoadPlan::usualDatagramTimeout : LoadPlan::usualTimeout);
    const auto made = handMadeRequests(words);
    if (!made) {
        return tl::unexpected(made.error());
    }
    LoadMix mix { made->isEmpty() ? 1 : 0, 0, 0 };
    if (!words.mix.empty()) {
        const auto given = mixFrom(QString::fromStdString(words.mix));
        if (!given) {
            return tl::unexpected(UsageError(given.error()));
        }
        mix = *given;
    }
    plan.mix = readyMadeRequests(mix) + *made;
    plan.replies = arguments.protocol ? arguments.protocol : protocolOfReplies(*made);
    if (arguments.udp) {
        plan.replies = protocolForDatagrams(plan.replies);
    }
    const bool hasCsv = words.csv == "-";
    if ((hasCsv || words.json == "-")
        && ((hasCsv && words.json == "-") || (isGiven(command, "--print") && arguments.print != PrintMode::None))) {
        return tl::unexpected(tr("Standard output is for one result: of --print, --json - and --csv - only one."));
    }
    if (!words.csv.empty() && isOneFile(fromUtf8(words.csv), fromUtf8(words.json))) {
        return tl::unexpected(tr("--json and --csv name the same file: one would write over the other."));
    }
    if (hasCsv || words.json == "-") {
        arguments.print = PrintMode::None;
    }
    arguments.load.csvFile = QString::fromStdString(words.csv);
    arguments.load.jsonFile = QString::fromStdString(words.json);
    arguments.load.compareFile = QString::fromStdString(words.compare);
    if (const QString problem = plan.problem(); !problem.isEmpty()) {
        return tl::unexpected(UsageError(problem));
    }
    return {};
}

} // namespace

void addLoad(CLI::App& app, OptionWords& words, Arguments& arguments)
{
    CLI::App& command = *app.add_subcommand("load", "Measure a server: ask as fast as it answers, or at a set rate");
    addPrinting(command, words);
    addEngine(command, words);
    addTarget(command, words);
    addFamily(command, words);
    command.add_option("--seconds", words.seconds, "Ends after that many (default: 5)")
        ->check(numberWithin(0.001, longestTime))
        ->type_name("S");
    command
        .add_option(
            "--timeout", words.timeout, "Seconds to wait for a connection, and for each reply (default: 10; --udp: 1)")
        ->check(numberWithin(0.001, longestTime))
        ->type_name("S");
    addLoadOptions(command, words.load, arguments);
    addUdp(
        command, arguments, "Each request a datagram; what no reply comes to within the time-out is counted as lost");
    addClientTls(command, words.tls);
    command.add_flag("--tls-resume", words.load.resume,
        "TLS: each connection goes on with the session of the one before, where the server lets it");
    addOwnEnd(command, words.socket);
    addSocketOptions(command, words.socket);
    addProxy(command, words.socket);
}

Taken takeLoad(const CLI::App& command, const OptionWords& words, Arguments& arguments)
{
    return arguments.command == Command::Load ? takeLoadWords(command, words.load, arguments) : Taken();
}

} // namespace sockeye::cli
