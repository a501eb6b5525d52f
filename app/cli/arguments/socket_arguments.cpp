// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/arguments/socket_arguments.h"

#include "app/cli/arguments/common_arguments.h"
#include "app/cli/terminal/tr.h"
#include "protocol/services/service.h"

#include <CLI/CLI.hpp>

#include <QNetworkInterface>

#include <algorithm>
#include <limits>

namespace sockeye::cli {

namespace {

constexpr const char* group = "Options of the socket";

CLI::Option* addNumber(CLI::App& command, const char* name, int& into, const char* about, int least, int most)
{
    return command.add_option(name, into, about)->check(CLI::Range(least, most))->type_name("N")->group(group);
}

Taken takeOwnEnd(const SocketWords& words, SocketOptions& options)
{
    const auto end = readOwnEnd(fromUtf8(words.bind));
    if (!end) {
        return tl::unexpected(
            tr("--bind: “%1” is no [ADDRESS:]PORT: expected 5000, 192.168.1.2:5000, [fe80::1%eth0]:5000 or an address "
               "alone.")
                .arg(fromUtf8(words.bind).left(100)));
    }
    options.bindTo = *end;
    return {};
}

Taken takeInterface(const SocketWords& words, SocketOptions& options)
{
    options.interface = fromUtf8(words.interface);
    if (!QNetworkInterface::interfaceFromName(options.interface).isValid()) {
        QStringList names;
        for (const QNetworkInterface& each : QNetworkInterface::allInterfaces()) {
            names += each.name();
        }
        return tl::unexpected(tr("--interface: this machine has no interface “%1”, only %2.")
                                  .arg(options.interface.left(100), names.join(QStringLiteral(", "))));
    }
    return {};
}

/// What the transport does not have is said rather than left out. After all that says whether it is UDP.
Taken takeTransport(const CLI::App& command, const Arguments& arguments)
{
    const bool isUdp =
        arguments.udp || (arguments.command == Command::Serve && serviceTransport(arguments.service) == Transport::Udp);
    const auto ofTcp = { "--keep-alive", "--nagle", "--no-delay" };
    const auto ofUdp = { "--broadcast", "--join", "--no-loop" };
    for (const char* const name : isUdp ? ofTcp : ofUdp) {
        if (isGiven(command, name)) {
            const QString sentence = isUdp ? tr("%1: only TCP connections have it, and UDP makes none.")
                                           : tr("%1: only datagrams go to several at once; --udp is missing.");
            return tl::unexpected(UsageError(sentence.arg(QLatin1StringView(name))));
        }
    }
    return {};
}

/// After --interface.
Taken takeGroups(const SocketWords& words, SocketOptions& options)
{
    options.broadcast = words.broadcast;
    options.multicastLoop = !words.noLoop;
    for (const std::string& word : words.groups) {
        const QHostAddress address(fromUtf8(word));
        if (!address.isMulticast()) {
            return tl::unexpected(tr("--join: “%1” is no multicast group: those are 224.0.0.0 to 239.255.255.255, and "
                                     "what begins with ff in IPv6.")
                                      .arg(fromUtf8(word).left(100)));
        }
        if (!options.groups.contains(address)) {
            options.groups.append(address);
        }
    }
    return {};
}

} // namespace

void addSocketOptions(CLI::App& command, SocketWords& words)
{
    auto* noDelay = command.add_flag(
        "--no-delay", words.noDelay, "Small writes go out at once (TCP_NODELAY). So they do if nothing is said");
    noDelay->group(group);
    command
        .add_flag("--nagle", words.nagle,
            "Small writes are collected while others are unconfirmed (Nagle's algorithm): fewer packets, later")
        ->excludes(noDelay)
        ->group(group);
    auto* keepAlive = command.add_option("--keep-alive", words.keepAlive,
        "Ask a silent TCP peer whether it is still there, after so many seconds; 0: when the system likes");
    keepAlive->check(CLI::Range(0, SocketOptions::KeepAlive::longest))->type_name("S")->group(group);
    command
        .add_option("--keep-alive-interval", words.keepAliveInterval,
            "Seconds from a question of keep-alive that is not answered to the next")
        ->check(CLI::Range(1, SocketOptions::KeepAlive::longest))
        ->type_name("S")
        ->needs(keepAlive)
        ->group(group);
    addNumber(command, "--keep-alive-count", words.keepAliveCount,
        "Questions without an answer after which the connection is lost", 1, SocketOptions::KeepAlive::most)
        ->needs(keepAlive);
    constexpr int biggest = std::numeric_limits<int>::max() / 2; // Linux doubles it
    addNumber(command, "--send-buffer", words.sendBuffer,
        "Bytes of the system's buffer for what is sent (SO_SNDBUF); Linux takes twice as many, up to a most", 1,
        biggest);
    addNumber(command, "--receive-buffer", words.receiveBuffer,
        "The same for what has come and is not read yet (SO_RCVBUF)", 1, biggest);
    addNumber(command, "--ttl", words.ttl, "Routers that a packet may pass before it is thrown away (TTL, hop limit)",
        1, 255);
    addNumber(command, "--tos", words.trafficClass,
        "The byte by which routers give precedence: TOS of IPv4, traffic class of IPv6; a DSCP stands in its upper six "
        "bits (EF, 46, is 184)",
        0, 255);
}

void addOwnEnd(CLI::App& command, SocketWords& words)
{
    command
        .add_option("--bind", words.bind,
            "The client's own end (a relay's: towards the target); what is not given, or 0, the system chooses")
        ->type_name("[ADDRESS:]PORT")
        ->group(group);
}

void addProxy(CLI::App& command, SocketWords& words)
{
    command
        .add_option("--proxy", words.proxy,
            "Connect through a proxy: socks5:// or http:// (CONNECT), [USER:PASSWORD@]HOST:PORT; it looks names up")
        ->type_name("URL")
        ->group(group);
}

void addGroups(CLI::App& command, SocketWords& words)
{
    command.add_flag("--broadcast", words.broadcast, "Allow datagrams to all machines of a network (SO_BROADCAST)")
        ->group(group);
    command
        .add_option("--join", words.groups,
            "Join a multicast group: what is sent to it comes here, too; may be given again and again")
        ->type_name("GROUP")
        ->allow_extra_args(false)
        ->group(group);
    command
        .add_option("--interface", words.interface,
            "By which groups are joined and sent to, and of link-local addresses; else the system's routes say it")
        ->type_name("NAME")
        ->group(group);
    command
        .add_flag("--no-loop", words.noLoop,
            "What is sent to a group does not come to sockets of this machine (IP_MULTICAST_LOOP)")
        ->group(group);
}

Taken takeSocket(const CLI::App& command, const OptionWords& given, Arguments& arguments)
{
    const SocketWords& words = given.socket;
    SocketOptions& options = arguments.socket;
    options.noDelay = !words.nagle;
    if (isGiven(command, "--keep-alive")) {
        options.keepAlive = { words.keepAlive, words.keepAliveInterval, words.keepAliveCount };
    }
    const auto take = [&command](const char* name, int value, std::optional<int>& into) {
        if (isGiven(command, name)) {
            into = value;
        }
    };
    take("--send-buffer", words.sendBuffer, options.sendBuffer);
    take("--receive-buffer", words.receiveBuffer, options.receiveBuffer);
    take("--ttl", words.ttl, options.ttl);
    take("--tos", words.trafficClass, options.trafficClass);
    const QStringList missing = notDoneBy(arguments.engine->capabilities(), options);
    if (!missing.isEmpty()) {
        return tl::unexpected(UsageError(missing.join(u' ')));
    }
    if (isGiven(command, "--proxy")) {
        auto proxy = readProxy(fromUtf8(words.proxy));
        if (!proxy) {
            return tl::unexpected(UsageError(u"--proxy: " + proxy.error()));
        }
        if (arguments.udp) {
            return tl::unexpected(tr("--proxy: it makes connections, and UDP has none."));
        }
        arguments.proxy = *std::move(proxy);
    }
    if (isGiven(command, "--interface")) {
        if (Taken taken = takeInterface(words, options); !taken) {
            return taken;
        }
    }
    if (Taken taken = takeTransport(command, arguments); !taken) {
        return taken;
    }
    if (Taken taken = takeGroups(words, options); !taken) {
        return taken;
    }
    return isGiven(command, "--bind") ? takeOwnEnd(words, options) : Taken();
}

} // namespace sockeye::cli
