// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/report/relay_command.h"

#include "app/relay/faults/fault_kinds.h"
#include "protocol/composer/source_literal.h"

#include <algorithm>

namespace sockeye {

namespace {

/// Of milliseconds, as the options of the command line have them.
QString secondsWord(std::chrono::milliseconds time)
{
    return QString::number(static_cast<double>(time.count()) / 1000.0, 'g', 10);
}

void addNumber(QStringList& words, const QString& option, const std::optional<int>& number)
{
    if (number) {
        words.append({ option, QString::number(*number) });
    }
}

void addFile(QStringList& words, const QString& option, const QString& file)
{
    if (!file.isEmpty()) {
        words.append({ option, shellQuoted(file) });
    }
}

void addTls(QStringList& words, const RelayOptions& options)
{
    if (options.tls.certificate == TlsServerOptions::Certificate::SelfSigned) {
        words.append(QStringLiteral("--tls-listen"));
    } else if (options.tls.certificate == TlsServerOptions::Certificate::Own) {
        addFile(words, QStringLiteral("--tls-listen-cert"), options.tls.certificateFile);
        addFile(words, QStringLiteral("--tls-listen-key"), options.tls.keyFile);
    }
    const TlsClientOptions& target = options.tlsTarget;
    if (target.on) {
        words.append(target.acceptAnything ? QStringLiteral("--tls-target-insecure") : QStringLiteral("--tls-target"));
        addFile(words, QStringLiteral("--tls-target-ca"), target.authorityFile);
        addFile(words, QStringLiteral("--tls-target-cert"), target.certificateFile);
        addFile(words, QStringLiteral("--tls-target-key"), target.keyFile);
    }
}

void addLimits(QStringList& words, const RelayOptions& options)
{
    const RelayOptions defaults;
    if (options.connectTimeout != defaults.connectTimeout) {
        words.append({ QStringLiteral("--timeout"), secondsWord(options.connectTimeout) });
    }
    if (options.transport == Transport::Udp && options.idleTimeout != defaults.idleTimeout) {
        words.append({ QStringLiteral("--idle-timeout"), secondsWord(options.idleTimeout) });
    }
    if (options.maxConnections != defaults.maxConnections) {
        words.append({ QStringLiteral("--max-connections"), QString::number(options.maxConnections) });
    }
    if (options.targetFamily != QAbstractSocket::AnyIPProtocol) {
        words.append(
            options.targetFamily == QAbstractSocket::IPv4Protocol ? QStringLiteral("-4") : QStringLiteral("-6"));
    }
    if (options.engine != defaults.engine) {
        words.append({ QStringLiteral("--engine"), QString(options.engine->id()) });
    }
}

void addSocket(QStringList& words, const SocketOptions& socket)
{
    if (!socket.bindTo.host.isNull()) {
        const QString host = socket.bindTo.hostText();
        words.append({ QStringLiteral("--bind"),
            shellQuoted(socket.bindTo.port == 0 ? host : hostAndPort(host, socket.bindTo.port)) });
    } else {
        addNumber(words, QStringLiteral("--bind"),
            socket.bindTo.port == 0 ? std::nullopt : std::optional<int>(socket.bindTo.port));
    }
    if (!socket.noDelay) {
        words.append(QStringLiteral("--nagle"));
    }
    if (socket.keepAlive) {
        const auto unlessSystems = [](int number) { return number == 0 ? std::nullopt : std::optional(number); };
        addNumber(words, QStringLiteral("--keep-alive"), socket.keepAlive->idle);
        addNumber(words, QStringLiteral("--keep-alive-interval"), unlessSystems(socket.keepAlive->interval));
        addNumber(words, QStringLiteral("--keep-alive-count"), unlessSystems(socket.keepAlive->count));
    }
    addNumber(words, QStringLiteral("--send-buffer"), socket.sendBuffer);
    addNumber(words, QStringLiteral("--receive-buffer"), socket.receiveBuffer);
    addNumber(words, QStringLiteral("--ttl"), socket.ttl);
    addNumber(words, QStringLiteral("--tos"), socket.trafficClass);
}

void addFaults(QStringList& words, const RelayOptions& options, bool drawsAnyway)
{
    for (const FaultSettings& fault : options.faults) {
        if (fault.enabled) {
            words.append({ QStringLiteral("--fault"), shellQuoted(writeFault(fault)) });
        }
    }
    const bool draws = drawsAnyway || std::ranges::any_of(options.faults, &FaultSettings::enabled);
    if (draws && options.seed) {
        words.append({ QStringLiteral("--seed"), QString::number(*options.seed) });
    }
}

/// What shellQuoted() makes of a text of several lines is a word, too.
QString printed(const QString& text)
{
    return QStringLiteral("printf %s ") + shellQuoted(text);
}

} // namespace

QString RelayCommand::text() const
{
    QStringList words { QStringLiteral("sockeye-cli"), QStringLiteral("relay"),
        shellQuoted(hostAndPort(options.host, options.port)),
        shellQuoted(hostAndPort(options.targetHost, options.targetPort)) };
    if (options.transport == Transport::Udp) {
        words.append(QStringLiteral("--udp"));
    }
    words.append({ QStringLiteral("--protocol"), shellQuoted(options.protocol->id()) });
    addTls(words, options);
    addLimits(words, options);
    addSocket(words, options.socket);
    if (!api.isEmpty()) {
        words.append({ QStringLiteral("--toxiproxy-api"), shellQuoted(api) });
    }
    addFile(words, QStringLiteral("--rules"), rules.file);
    addFile(words, QStringLiteral("--scenario"), scenario.file);
    const bool hasScenario = !scenario.file.isEmpty() || !scenario.text.isEmpty();
    addFaults(words, options, hasScenario || !api.isEmpty());
    QString command = words.join(u' ');
    if (rules.file.isEmpty() && !rules.text.isEmpty()) {
        command += QStringLiteral(" --rules \"$rules\"");
    }
    if (scenario.file.isEmpty() && !scenario.text.isEmpty()) {
        command = printed(scenario.text) + QStringLiteral(" | ") + command + QStringLiteral(" --scenario -");
    }
    if (rules.file.isEmpty() && !rules.text.isEmpty()) {
        command =
            QStringLiteral("rules=$(mktemp) && ") + printed(rules.text) + QStringLiteral(" >\"$rules\" && ") + command;
    }
    return command;
}

} // namespace sockeye
