// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/arguments/relay_arguments.h"

#include "app/cli/arguments/command_arguments.h"
#include "app/cli/arguments/input_file.h"
#include "app/cli/arguments/number_check.h"
#include "app/cli/terminal/tr.h"
#include "app/net/host_text.h"
#include "app/relay/faults/fault_plan.h"
#include "app/relay/own_target.h"
#include "app/storage/input_bytes.h"

#include <CLI/CLI.hpp>

namespace sockeye::cli {

namespace {

constexpr qint64 largestScenario = 4 * 1024 * 1024;

/// What each fault does, and what its numbers are called: below the options.
std::string faultHelp()
{
    QString text = tr("Faults, as --fault NAME:key=value,…; for all: stream=downstream|upstream|both, "
                      "toxicity=0..1,\nwhere=\"FILTER\" (only messages that match):");
    for (const FaultKind& kind : faultKinds()) {
        text += QStringLiteral("\n  ") + kind.id;
        QStringList keys;
        for (const FaultKey& key : kind.keys) {
            const QString unit = unitText(key.unit);
            keys.append(unit.isEmpty() ? QString(key.name) : key.name + QStringLiteral(" (") + unit + u')');
        }
        text += (keys.isEmpty() ? QString() : QStringLiteral(": ") + keys.join(QStringLiteral(", ")))
            + QStringLiteral("\n      ") + kind.sentence();
    }
    return text.toStdString();
}

void addRelayTls(CLI::App& command, RelayWords& words)
{
    command.add_flag("--tls-listen", words.tlsListen,
        "TLS towards clients; with a certificate made for this start unless --tls-listen-cert names one");
    checkInputFile(
        *command
             .add_option("--tls-listen-cert", words.listenCertificate, "What clients are shown: PEM, then its issuers")
             ->type_name("F"));
    checkInputFile(
        *command
             .add_option("--tls-listen-key", words.listenKey, "Its key, in PEM; without it the key is in the same file")
             ->type_name("F"));
    command.add_flag("--tls-target", words.tlsTarget, "TLS towards the target; its certificate is verified");
    checkInputFile(*command
                        .add_option("--tls-target-ca", words.targetAuthority,
                            "Certificates to trust instead of the system's, in PEM")
                        ->type_name("F"));
    command.add_flag("--tls-target-insecure", words.targetInsecure, "Go on whatever is wrong with its certificate");
    checkInputFile(
        *command
             .add_option("--tls-target-cert", words.targetCertificate, "A certificate to show to the target, in PEM")
             ->type_name("F"));
    checkInputFile(
        *command
             .add_option("--tls-target-key", words.targetKey, "Its key, in PEM; without it the key is in the same file")
             ->type_name("F"));
}

Taken takeRelayTls(const RelayWords& words, RelayOptions& options)
{
    if (words.listenCertificate.empty() && !words.listenKey.empty()) {
        return tl::unexpected(
            tr("--tls-listen-key: the key alone says nothing; --tls-listen-cert has to name its certificate."));
    }
    if (words.targetCertificate.empty() && !words.targetKey.empty()) {
        return tl::unexpected(
            tr("--tls-target-key: the key alone says nothing; --tls-target-cert has to name its certificate."));
    }
    if (words.targetInsecure && !words.targetAuthority.empty()) {
        return tl::unexpected(
            tr("--tls-target-insecure and --tls-target-ca: either any certificate will do, or it has to be verified."));
    }
    if (auto kept = keepPemStreams({ words.listenCertificate, words.listenKey, words.targetAuthority,
            words.targetCertificate, words.targetKey });
        !kept) {
        return kept;
    }
    using Certificate = TlsServerOptions::Certificate;
    options.tls.certificate = !words.listenCertificate.empty() ? Certificate::Own
        : words.tlsListen                                      ? Certificate::SelfSigned
                                                               : Certificate::None;
    options.tls.certificateFile = fromUtf8(words.listenCertificate);
    options.tls.keyFile = fromUtf8(words.listenKey);
    options.tlsTarget.on =
        words.tlsTarget || words.targetInsecure || !words.targetAuthority.empty() || !words.targetCertificate.empty();
    options.tlsTarget.authorityFile = fromUtf8(words.targetAuthority);
    options.tlsTarget.acceptAnything = words.targetInsecure;
    options.tlsTarget.certificateFile = fromUtf8(words.targetCertificate);
    options.tlsTarget.keyFile = fromUtf8(words.targetKey);
    return {};
}

Taken takeEnds(const RelayWords& words, RelayOptions& options)
{
    const auto listen = readHost(fromUtf8(words.listen));
    if (!listen) {
        return tl::unexpected(UsageError(listen.error()));
    }
    const auto target = readHost(fromUtf8(words.target));
    if (!target) {
        return tl::unexpected(UsageError(target.error()));
    }
    if (!listen->port && !isUnixHost(listen->host)) {
        return tl::unexpected(
            tr("%1 has no port: where to listen is written HOST:PORT (port 0 takes a free one) or unix:PATH.")
                .arg(listen->host));
    }
    if (target->port.value_or(0) == 0 && !isUnixHost(target->host)) {
        return tl::unexpected(tr("%1 has no port: the target is written HOST:PORT or unix:PATH.").arg(target->host));
    }
    options.host = listen->host;
    options.port = listen->port.value_or(0);
    options.targetHost = target->host;
    options.targetPort = target->port.value_or(0);
    if (relaysToItself(options)) {
        return tl::unexpected(
            tr("The relay would connect to itself, again and again: its target %1 is where it listens.")
                .arg(fromUtf8(words.target)));
    }
    return {};
}

Taken takeScenario(const RelayWords& words, RelayArguments& relay)
{
    const QString file = fromUtf8(words.scenario);
    const auto bytes = inputBytes(file, largestScenario);
    if (!bytes) {
        return tl::unexpected(UsageError(u"--scenario: " + bytes.error()));
    }
    auto scenario = readScenario(QString::fromUtf8(*bytes), relay.options.transport, relay.options.protocol);
    if (!scenario) {
        return tl::unexpected(UsageError(u"--scenario " + file + u": " + scenario.error().sentence()));
    }
    relay.scenario = *std::move(scenario);
    relay.scenarioText = { file == u"-" ? QString() : file, QString::fromUtf8(*bytes) };
    return {};
}

/// [HOST:]PORT. HOST is an address: what listens where is to be seen at once.
Taken takeApi(const RelayWords& words, RelayArguments& relay)
{
    const QString text = fromUtf8(words.api);
    bool isPort = false;
    const quint16 port = text.toUShort(&isPort);
    SocketAddress at { QHostAddress(QHostAddress::LocalHost), port };
    if (!isPort) {
        const auto host = readHost(text);
        if (!host) {
            return tl::unexpected(UsageError(u"--toxiproxy-api: " + host.error()));
        }
        const bool isAddress = host->host == u"localhost" || at.host.setAddress(host->host);
        if (!host->port || !isAddress) {
            return tl::unexpected(
                tr("--toxiproxy-api: %1 is not PORT, nor ADDRESS:PORT; Toxiproxy's own is 8474, on 127.0.0.1.")
                    .arg(text));
        }
        at.port = *host->port;
    }
    relay.api = at;
    relay.apiText = text;
    return {};
}

} // namespace

void addRelay(CLI::App& app, OptionWords& words, Arguments& arguments)
{
    CLI::App& command = *app.add_subcommand("relay", "Pass on what clients and a target say, and show it");
    addCommon(command, words);
    command.add_option("LISTEN", words.relay.listen,
        "Where clients connect, as HOST:PORT (port 0 takes a free one), or unix:PATH, a Unix socket (unix:@NAME: an "
        "abstract one)");
    command.add_option("TARGET", words.relay.target, "Where it connects for each of them, as HOST:PORT or unix:PATH");
    command.add_option("--fault", words.relay.faults, "What goes wrong, in this order; again for each; see below")
        ->take_all()
        ->expected(1)
        ->type_name("SPEC");
    addRules(
        command, words, "What becomes of messages, before any fault: TOML, read again when it changes; see the manual");
    command.add_option("--seed", words.relay.seed, "Of all that faults draw: with the same one a run can be had again")
        ->check(CLI::Range(0LL, std::numeric_limits<long long>::max()))
        ->type_name("N");
    command
        .add_option("--scenario", words.relay.scenario,
            "Faults that come and go while it runs: lines as at 5s latency:latency=300, at 10s remove latency, every "
            "10s "
            "down for 2s; # begins a comment; - reads standard input")
        ->type_name("FILE");
    command
        .add_option("--report", words.relay.report,
            "Write at the end what was done and what came of it, as Markdown: seed, faults and strikes, rules, "
            "scenario, traffic; - is standard output")
        ->type_name("FILE");
    command
        .add_option("--toxiproxy-api", words.relay.api,
            "Toxiproxy's HTTP API (2.12), for its client libraries; on 127.0.0.1 unless an address is given. The relay "
            "above is its proxy \"relay\"; without LISTEN and TARGET there are only those that are made over it")
        ->type_name("[ADDRESS:]PORT");
    addUdp(command, arguments, "Over UDP: a peer has a socket of its own towards the target");
    command.add_option("--idle-timeout", words.idleTimeout, "UDP: seconds that a silent peer is kept; 0: for ever")
        ->check(numberWithin(0.0, longestTime))
        ->type_name("S");
    addRelayTls(command, words.relay);
    addProtocol(command, words, "How streams are read (default: the application protocol)");
    command
        .add_option("--timeout", words.timeout, "Seconds for connecting to the target; 0: as long as the system tries")
        ->check(numberWithin(0.0, longestTime))
        ->type_name("S");
    command.add_option("--max-connections", words.maxConnections, "Clients at the same time")
        ->check(CLI::Range(1, 1'000'000))
        ->type_name("N");
    command.add_option("--count", words.count, "Stop after that many conversations")
        ->check(CLI::Range(1LL, std::numeric_limits<long long>::max()))
        ->type_name("N");
    command.add_option("--seconds", words.seconds, "Stop after that many seconds")
        ->check(numberWithin(0.0, longestTime))
        ->type_name("S");
    addOwnEnd(command, words.socket);
    addSocketOptions(command, words.socket);
    command.footer(faultHelp() + "\n\n" + command.get_footer());
}

Taken takeRelay(const CLI::App& command, const OptionWords& words, Arguments& arguments)
{
    if (arguments.command != Command::Relay) {
        return {};
    }
    RelayOptions& options = arguments.relay.options;
    options.transport = arguments.udp ? Transport::Udp : Transport::Tcp;
    if (!arguments.udp && isGiven(command, "--idle-timeout")) {
        return tl::unexpected(tr("--idle-timeout: it is for --udp; a TCP connection is passed on however silent."));
    }
    const bool hasApi = isGiven(command, "--toxiproxy-api");
    if (hasApi && arguments.udp) {
        return tl::unexpected(tr("--toxiproxy-api, --udp: Toxiproxy's proxies are for TCP."));
    }
    if (Taken taken = hasApi ? takeApi(words.relay, arguments.relay) : Taken {}; !taken) {
        return taken;
    }
    arguments.relay.hasEnds = !hasApi || isGiven(command, "LISTEN") || isGiven(command, "TARGET");
    if (arguments.relay.hasEnds && !(isGiven(command, "LISTEN") && isGiven(command, "TARGET"))) {
        return tl::unexpected(
            tr("LISTEN and TARGET go together: where clients connect, and where that is passed on to, as in "
               "relay 127.0.0.1:7000 localhost:6379."));
    }
    if (Taken taken = arguments.relay.hasEnds ? takeEnds(words.relay, options) : Taken {}; !taken) {
        return taken;
    }
    if (!arguments.relay.hasEnds && !words.relay.faults.empty()) {
        return tl::unexpected(
            tr("--fault: there is no relay that it could be for; give it where to listen and its target."));
    }
    if (Taken taken = takeRelayTls(words.relay, options); !taken) {
        return taken;
    }
    if (arguments.udp && (options.tls.isOn() || options.tlsTarget.on)) {
        return tl::unexpected(tr("--tls-listen, --tls-target: TLS needs TCP, it does not go over UDP."));
    }
    options.idleTimeout = arguments.idleTimeout.value_or(options.idleTimeout);
    options.socket = arguments.socket;
    options.protocol = arguments.protocol ? arguments.protocol : options.protocol;
    for (const std::string& spec : words.relay.faults) {
        FaultSettings fault;
        if (const QString wrong = readFault(fromUtf8(spec), fault); !wrong.isEmpty()) {
            return tl::unexpected(UsageError(u"--fault: " + wrong));
        }
        options.faults.append(fault);
    }
    FaultPlan plan;
    plan.transport = options.transport;
    plan.protocol = options.protocol;
    if (const QString wrong = plan.take(options.faults, {}); !wrong.isEmpty()) {
        return tl::unexpected(UsageError(u"--fault: " + wrong));
    }
    if (isGiven(command, "--seed")) {
        options.seed = static_cast<quint64>(words.relay.seed);
    }
    arguments.relay.report = fromUtf8(words.relay.report);
    if (isGiven(command, "--report") && (arguments.relay.report.isEmpty() || !arguments.relay.hasEnds)) {
        return tl::unexpected(arguments.relay.hasEnds
                ? tr("--report: the file has no name.")
                : tr("--report: there is no relay that it could be about; give it where to listen and its target."));
    }
    if (arguments.relay.report == u"-") {
        if (isGiven(command, "--print") && arguments.print != PrintMode::None) {
            return tl::unexpected(tr("Standard output is for one result: of --print and --report - only one."));
        }
        arguments.print = PrintMode::None;
    }
    if (isGiven(command, "--scenario")) {
        if (!arguments.relay.hasEnds) {
            return tl::unexpected(
                tr("--scenario: there is no relay that it could be for; give it where to listen and its target."));
        }
        if (Taken taken = takeScenario(words.relay, arguments.relay); !taken) {
            return taken;
        }
    }
    options.targetFamily = arguments.family;
    options.engine = arguments.engine;
    options.connectTimeout = arguments.timeout.value_or(options.connectTimeout);
    options.maxConnections = arguments.maxConnections.value_or(options.maxConnections);
    options.tellsPassed = arguments.print == PrintMode::Json;
    return {};
}

} // namespace sockeye::cli
