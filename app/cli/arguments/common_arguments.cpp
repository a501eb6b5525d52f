// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/arguments/common_arguments.h"

#include "app/cli/arguments/argument_order.h"
#include "app/cli/arguments/number_check.h"
#include "app/cli/arguments/where_option.h"
#include "app/cli/terminal/output.h"
#include "app/cli/terminal/tr.h"
#include "app/descriptions/protocol_files.h"
#include "app/net/host_text.h"
#include "app/storage/input_bytes.h"
#include "protocol/protocols/registry.h"
#include "protocol/services/service.h"

#include <CLI/CLI.hpp>

#include <QFileInfo>

#include <algorithm>
#include <vector>

namespace sockeye::cli {

namespace {

std::vector<std::string> engineIds()
{
    std::vector<std::string> ids;
    for (const Engine* const engine : engines()) {
        ids.emplace_back(engine->id().data());
    }
    return ids;
}

/// Whether bytes come as a stream and nothing else; captures may have datagrams.
bool needsStreams(const Arguments& arguments)
{
    return !arguments.udp && arguments.command != Command::Decode && arguments.command != Command::Capture
        && arguments.command != Command::Dissector;
}

/// How what is printed is read.
ProtocolPtr printedProtocol(const Arguments& arguments)
{
    if (arguments.protocol) {
        return arguments.protocol;
    }
    if (arguments.command == Command::Serve) {
        return newService(arguments.service, {})->protocol();
    }
    return arguments.command == Command::Multi ? plainProtocol() : defaultProtocol();
}

} // namespace

bool isGiven(const CLI::App& command, const char* name)
{
    const CLI::Option* option = command.get_option_no_throw(name);
    return option != nullptr && option->count() > 0;
}

std::chrono::milliseconds milliseconds(double seconds)
{
    return std::chrono::milliseconds(static_cast<qint64>(seconds * 1'000));
}

bool isOneFile(const QString& name, const QString& other)
{
    const QFileInfo one(name);
    const QFileInfo two(other);
    const bool isPlain = !one.exists() || one.isFile();
    return !name.isEmpty() && !other.isEmpty() && isPlain
        && (one.exists() && two.exists() ? one.canonicalFilePath() == two.canonicalFilePath()
                                         : one.absoluteFilePath() == two.absoluteFilePath());
}

QString fromUtf8(const std::string& text)
{
    return QString::fromStdString(text);
}

void addPrinting(CLI::App& command, OptionWords& words)
{
    command.add_option("--print", words.print, "What goes to standard output: lines for people, JSON Lines, nothing")
        ->check(CLI::IsMember({ "text", "json", "none" }))
        ->capture_default_str();
}

void addWhere(CLI::App& command, OptionWords& words)
{
    command.add_option("--where", words.where, "Print only what matches; see below")->type_name("FILTER");
    command.footer(whereHelp().toStdString());
}

void addEngine(CLI::App& command, OptionWords& words)
{
    command
        .add_option("--engine", words.engine, "What owns the sockets: the system's own, or QTcpSocket and QUdpSocket")
        ->check(CLI::IsMember(engineIds()));
}

void addFamily(CLI::App& command, OptionWords& words)
{
    auto* v4 = command.add_flag("-4", words.v4, "IPv4 only");
    command.add_flag("-6", words.v6, "IPv6 only")->excludes(v4);
}

void addMaxContent(CLI::App& command, OptionWords& words)
{
    command.add_option("--max-content", words.maxContent, "Longest content of a message that is accepted, in bytes")
        ->check(CLI::Range(0LL, biggestSize))
        ->type_name("BYTES");
}

void addCommon(CLI::App& command, OptionWords& words)
{
    addPrinting(command, words);
    addWhere(command, words);
    addEngine(command, words);
    command
        .add_option("--capture", words.capture, "Record every byte and every connection event; - is standard output")
        ->type_name("FILE.pcapng");
    addFamily(command, words);
    addMaxContent(command, words);
}

void addTarget(CLI::App& command, OptionWords& words)
{
    command.add_option("HOST", words.host, "Name or address")->required();
    command.add_option("PORT", words.port, "Port")->required()->check(CLI::Range(1, 65535));
    addUnix(command, words, "Instead of HOST PORT: a Unix socket; @NAME is an abstract one");
}

void addUnix(CLI::App& command, OptionWords& words, const char* about)
{
    command.add_option(unixOption, words.unixPath, about)->type_name("PATH");
}

void addUdp(CLI::App& command, Arguments& arguments, const char* about)
{
    command.add_flag("--udp", arguments.udp, about);
}

void addByteOrder(CLI::App& command, OptionWords& words)
{
    command.add_option("--byteorder", words.byteOrder, "What the JSON header claims")
        ->check(CLI::IsMember({ "little", "big" }));
}

void addLinger(CLI::App& command, OptionWords& words)
{
    command
        .add_option("--linger", words.linger,
            "Seconds to wait for the peer's end of stream when we close; 0: let go at once. A server: 2 if not given")
        ->check(numberWithin(0.0, longestTime))
        ->type_name("S");
}

void addProtocol(CLI::App& command, OptionWords& words, const char* about)
{
    command.add_option("--protocol", words.protocol, about)->type_name("P");
}

Taken takeValues(const CLI::App& command, const OptionWords& words, Arguments& arguments)
{
    arguments.print = words.print == "json" ? PrintMode::Json
        : words.print == "none"             ? PrintMode::None
                                            : PrintMode::Text;
    arguments.capture = fromUtf8(words.capture);
    arguments.service = fromUtf8(words.service);
    arguments.host = fromUtf8(words.host);
    if (isGiven(command, "--engine")) {
        arguments.engine = engineNamed(fromUtf8(words.engine));
    }
    arguments.port = static_cast<quint16>(words.port);
    if (arguments.command == Command::Sockets && !isGiven(command, "--port")) {
        arguments.port = 0;
    }
    if (words.v4 || words.v6) {
        arguments.family = words.v4 ? QAbstractSocket::IPv4Protocol : QAbstractSocket::IPv6Protocol;
        if (arguments.command == Command::Serve && words.v6 && !isGiven(command, "--host")) {
            arguments.host = QStringLiteral("::1");
        }
    }
    if (isGiven(command, "--timeout")) {
        arguments.timeout = milliseconds(words.timeout);
    }
    if (isGiven(command, "--linger")) {
        arguments.linger = milliseconds(words.linger);
    }
    if (isGiven(command, "--idle-timeout")) {
        arguments.idleTimeout = milliseconds(words.idleTimeout);
    }
    if (!words.byteOrder.empty()) {
        arguments.byteOrder = words.byteOrder == "big" ? ByteOrder::Big : ByteOrder::Little;
    }
    arguments.maxContent = words.maxContent;
    if (isGiven(command, "--max-connections")) {
        arguments.maxConnections = words.maxConnections;
    }
    arguments.catalog = fromUtf8(words.catalog);
    for (const long long size : words.chunks) {
        arguments.chunks.append(size);
    }
    for (const std::string& message : words.messages) {
        arguments.messages.append(QByteArray::fromStdString(message));
    }
    arguments.pause = std::chrono::milliseconds(words.pause);
    if (isGiven(command, "--expect")) {
        arguments.expect = fromUtf8(words.expect);
    }
    if (isGiven(command, "--count")) {
        arguments.count = words.count;
    }
    if (isGiven(command, "--seconds")) {
        arguments.seconds = milliseconds(words.seconds);
    }
    arguments.file = fromUtf8(words.file);
    arguments.description = fromUtf8(words.description);
    arguments.interface = fromUtf8(words.interface);
    arguments.filter = fromUtf8(words.filter);
    return {};
}

Taken takeProtocol(const CLI::App& command, const OptionWords& words, Arguments& arguments)
{
    Q_UNUSED(command)
    const std::string& name = arguments.command == Command::Load ? words.load.replies : words.protocol;
    if (name.empty()) {
        return {};
    }
    const QString wanted = fromUtf8(name);
    // A pipe that has the name of a protocol is not meant; ./NAME is one.
    const bool isStream = wanted == u'-' || (wanted.contains(u'/') && isInputStream(wanted));
    if (isStream && arguments.command == Command::Decode && arguments.file == wanted) {
        return tl::unexpected(tr("--protocol: what comes from there is the capture already."));
    }
    auto protocol = isStream ? protocolFromStream(wanted) : protocolFromName(wanted);
    if (!protocol) {
        return tl::unexpected(UsageError(u"--protocol: " + protocol.error()));
    }
    const QStringList doubts = doubtsAbout(*protocol).split(u'\n', Qt::SkipEmptyParts);
    for (const QString& doubt : doubts) {
        complain(doubt);
    }
    if (!(*protocol)->cutsStreams() && needsStreams(arguments)) {
        return tl::unexpected(tr("--protocol: %1 %2").arg((*protocol)->title(), (*protocol)->whyNotStreams()));
    }
    arguments.protocol = *std::move(protocol);
    return {};
}

Taken takeWhere(const CLI::App& command, const OptionWords& words, Arguments& arguments)
{
    if (isGiven(command, "--where")) {
        auto where = whereFilter(fromUtf8(words.where), *printedProtocol(arguments));
        if (!where) {
            return tl::unexpected(where.error());
        }
        arguments.where = *std::move(where);
    }
    return {};
}

namespace {

/// Whether it is another address on each network, and does not say on which.
bool needsInterface(const QHostAddress& address)
{
    if (address.protocol() != QAbstractSocket::IPv6Protocol || !address.scopeId().isEmpty()) {
        return false;
    }
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    const bool isGroupOfLink = address.isMulticast() && (bytes[1] & 0x0f) <= 2;
    return address.isLinkLocal() || isGroupOfLink;
}

/// A socket that is bound to one address of ours gets nothing that is sent to a group.
QString hostOfGroups(const QList<QHostAddress>& groups)
{
    const bool hasIPv6 = std::ranges::any_of(
        groups, [](const QHostAddress& each) { return each.protocol() == QAbstractSocket::IPv6Protocol; });
    return hasIPv6 ? QStringLiteral("::") : QStringLiteral("0.0.0.0");
}

/// What has no sense there is said rather than left out.
Taken takeUnix(const CLI::App& command, Arguments& arguments)
{
    arguments.port = 0;
    if (arguments.command == Command::Diagnose) {
        return tl::unexpected(
            tr("diagnose looks at names, routes and ports, and a Unix socket has none of them: send says whether "
               "somebody listens there, and sockets --all who."));
    }
    for (const char* const name : { "--bind", "--proxy", "-4", "-6", "--broadcast", "--join", "--interface", "--ttl",
             "--tos", "--keep-alive", "--nagle" }) {
        if (isGiven(command, name)) {
            return tl::unexpected(tr("%1: a Unix socket has no such thing.").arg(QLatin1StringView(name)));
        }
    }
    return {};
}

} // namespace

Taken takeHost(const CLI::App& command, const OptionWords& words, Arguments& arguments)
{
    if (arguments.command == Command::Serve && !arguments.socket.groups.isEmpty() && !isGiven(command, "--host")) {
        arguments.host = hostOfGroups(arguments.socket.groups);
    }
    if (needsInterface(QHostAddress(arguments.host)) && !arguments.socket.interface.isEmpty()) {
        arguments.host += u'%' + arguments.socket.interface;
    }
    if (isGiven(command, unixOption) && arguments.command != Command::Sockets) {
        if (isGiven(command, "--host") || isGiven(command, "--port")) {
            return tl::unexpected(tr("--unix: it stands in place of --host and --port."));
        }
        const auto name = readUnixHost(fromUtf8(words.unixPath));
        if (!name) {
            return tl::unexpected(UsageError(u"--unix: " + name.error()));
        }
        arguments.host = name->host;
    } else if (isGiven(command, "HOST") || isGiven(command, "--host") || arguments.command == Command::Serve) {
        const auto host = readHost(arguments.host);
        if (!host) {
            return tl::unexpected(UsageError(host.error()));
        }
        if (host->port && *host->port != arguments.port && (isGiven(command, "PORT") || isGiven(command, "--port"))) {
            return tl::unexpected(tr("There are two ports: %1 behind the host, and %2.")
                                      .arg(QString::number(*host->port), QString::number(arguments.port)));
        }
        arguments.host = host->host;
        arguments.port = host->port.value_or(arguments.port);
    }
    return isUnixHost(arguments.host) ? takeUnix(command, arguments) : Taken();
}

} // namespace sockeye::cli
