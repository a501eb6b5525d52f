// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/arguments.h"

#include "app/cli/argument_order.h"
#include "app/cli/exit_status.h"
#include "app/cli/hex_option.h"
#include "app/cli/output.h"
#include "app/cli/read_input.h"
#include "app/cli/tls_arguments.h"
#include "app/cli/where_option.h"
#include "app/descriptions/protocol_files.h"
#include "app/endpoint/many_connections.h"
#include "app/net/host_text.h"
#include "protocol/services/service.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>

#include <cerrno>
#include <iostream>
#include <limits>
#include <string>
#include <vector>

namespace sockeye::cli {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("cli", text);
}

/// What CLI11 fills in: its own types, before anything is checked beyond a single value.
struct Raw {
    std::string print = "text";
    std::string capture;
    std::string service = "app";
    std::string host = "127.0.0.1";
    std::string byteOrder;
    std::string catalog;
    std::vector<std::string> words;
    std::string hex;
    std::string text;
    std::string input;
    std::string expect;
    std::string replyTo;
    std::string file;
    std::string description;
    std::string protocol;
    std::string engine;
    std::string interface;
    std::string filter;
    std::string where;
    std::string fields;
    LoadWords load;
    TlsWords tls;
    std::vector<long long> chunks;
    std::vector<std::string> messages { "Message 1 from client.", "Message 2 from client." };
    long long maxContent = Limits().maxContent;
    long long count = 0;
    double timeout = 0;
    double idleTimeout = 0;
    double linger = 0;
    double seconds = 0;
    int port = 65432;
    int maxConnections = 0;
    int pause = 0;
    bool v4 = false;
    bool v6 = false;
    bool list = false;
};

constexpr long long biggest = std::numeric_limits<qint32>::max();
constexpr double longest = 1e7; // seconds: 115 days, and its milliseconds fit anything

std::chrono::milliseconds milliseconds(double seconds)
{
    return std::chrono::milliseconds(static_cast<qint64>(seconds * 1'000));
}

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

CLI::Validator fileOrStandardInput()
{
    return CLI::Validator(
        [](std::string& name) { return name == "-" ? std::string() : CLI::ExistingFile(name); }, "FILE");
}

std::vector<std::string> services()
{
    std::vector<std::string> names;
    for (const QString& name : serviceNames()) {
        names.push_back(name.toStdString());
    }
    return names;
}

std::vector<std::string> engineIds()
{
    std::vector<std::string> ids;
    for (const Engine* const engine : engines()) {
        ids.emplace_back(engine->id().data());
    }
    return ids;
}

void addEngine(CLI::App& command, Raw& raw)
{
    command.add_option("--engine", raw.engine, "What owns the sockets: the system's own, or QTcpSocket and QUdpSocket")
        ->check(CLI::IsMember(engineIds()));
}

void addPrinting(CLI::App& command, Raw& raw)
{
    command.add_option("--print", raw.print, "What goes to standard output: lines for people, JSON Lines, nothing")
        ->check(CLI::IsMember({ "text", "json", "none" }))
        ->capture_default_str();
}

void addWhere(CLI::App& command, Raw& raw)
{
    command.add_option("--where", raw.where, "Print only what matches; see below")->type_name("FILTER");
    command.footer(whereHelp().toStdString());
}

void addCommon(CLI::App& command, Raw& raw)
{
    addPrinting(command, raw);
    addWhere(command, raw);
    addEngine(command, raw);
    command.add_option("--capture", raw.capture, "Record every byte and every connection event; - is standard output")
        ->type_name("FILE.pcapng");
    auto* v4 = command.add_flag("-4", raw.v4, "IPv4 only");
    command.add_flag("-6", raw.v6, "IPv6 only")->excludes(v4);
    command.add_option("--max-content", raw.maxContent, "Longest content of a message that is accepted, in bytes")
        ->check(CLI::Range(0LL, biggest))
        ->type_name("BYTES");
}

void addLinger(CLI::App& command, Raw& raw)
{
    command
        .add_option("--linger", raw.linger,
            "Seconds to wait for the peer's end of stream when we close; 0: let go at once. A server: 2 if not given")
        ->check(CLI::Range(0.0, longest))
        ->type_name("S");
}

void addUdp(CLI::App& command, Arguments& arguments, const char* about)
{
    command.add_flag("--udp", arguments.udp, about);
}

void addByteOrder(CLI::App& command, Raw& raw)
{
    command.add_option("--byteorder", raw.byteOrder, "What the JSON header claims")
        ->check(CLI::IsMember({ "little", "big" }));
}

void addTarget(CLI::App& command, Raw& raw)
{
    command.add_option("HOST", raw.host, "Name or address")->required();
    command.add_option("PORT", raw.port, "Port")->required()->check(CLI::Range(1, 65535));
}

void addSending(CLI::App& command, Raw& raw, Arguments& arguments)
{
    command.add_flag("--persistent", arguments.persistent, "Keep the connection until the reply has come");
    addUdp(command, arguments, "One datagram over UDP, or one for each piece");
    addLinger(command, raw);
    addClientTls(command, raw.tls);
    command.add_option("--timeout", raw.timeout, "Seconds to wait for the connection, and for the reply; 0: for ever")
        ->check(CLI::Range(0.0, longest))
        ->type_name("S");
    command.add_option("--chunks", raw.chunks, "Hand the bytes over in pieces of these sizes; the last size repeats")
        ->delimiter(',')
        ->check(CLI::Range(1LL, biggest))
        ->type_name("N,N,…");
    command.add_option("--pause", raw.pause, "Milliseconds between the pieces")
        ->check(CLI::Range(0, 3'600'000))
        ->type_name("MS");
    command.add_option("--expect", raw.expect, "Exit status 3 if this is not in the reply")->type_name("TEXT");
    command.add_flag("--until-close", arguments.untilClose, "The reply ends when the server closes the connection");
    command.add_option("--reply-to", raw.replyTo, "Write the bytes that come back to a file; - is standard output")
        ->type_name("FILE");
}

void addProtocol(CLI::App& command, Raw& raw, const char* about)
{
    command.add_option("--protocol", raw.protocol, about)->type_name("P");
}

void addServe(CLI::App& app, Raw& raw, Arguments& arguments)
{
    CLI::App& command = *app.add_subcommand("serve", "Run a server until Ctrl+C");
    addCommon(command, raw);
    addByteOrder(command, raw);
    command.add_option("SERVICE", raw.service, "What it does")->check(CLI::IsMember(services()))->capture_default_str();
    command.add_option("--host", raw.host, "Address to listen on")->capture_default_str();
    command.add_option("--port", raw.port, "Port; 0 takes a free one")
        ->check(CLI::Range(0, 65535))
        ->capture_default_str();
    command.add_flag("--persistent", arguments.persistent, "Many messages on a connection");
    addUdp(command, arguments, "Over UDP: echo and uppercase");
    addServerTls(command, raw.tls);
    command.add_option("--idle-timeout", raw.idleTimeout, "Seconds that a silent peer is kept; 0: for ever")
        ->check(CLI::Range(0.0, longest))
        ->type_name("S");
    addLinger(command, raw);
    addProtocol(
        command, raw, "How streams are read; echo and sink take whole messages of it (default: the service's own)");
    command.add_option("--max-connections", raw.maxConnections, "Connections at the same time")
        ->check(CLI::Range(1, 1'000'000))
        ->type_name("N");
    command.add_option("--catalog", raw.catalog, "What search finds: a JSON object, query → answer")
        ->check(CLI::ExistingFile)
        ->type_name("FILE.json");
    command.add_option("--count", raw.count, "Stop after that many exchanges")
        ->check(CLI::Range(1LL, std::numeric_limits<long long>::max()))
        ->type_name("N");
    command.add_option("--seconds", raw.seconds, "Stop after that many seconds")
        ->check(CLI::Range(0.0, longest))
        ->type_name("S");
}

void addSend(CLI::App& app, Raw& raw, Arguments& arguments)
{
    CLI::App& command = *app.add_subcommand("send", "Send one request and print the reply");
    addCommon(command, raw);
    addByteOrder(command, raw);
    addTarget(command, raw);
    command
        .add_option("ACTION VALUE", raw.words,
            "What is asked: search, double, negate or anything else, and of what. With --protocol: path=value …, the "
            "fields of the message")
        ->required()
        ->type_name("");
    addSending(command, raw, arguments);
    addProtocol(command, raw, "Whose message it is: a name, or the .ksy file of a description (default: app)");
}

void addRaw(CLI::App& app, Raw& raw, Arguments& arguments)
{
    CLI::App& command = *app.add_subcommand("raw", "Send any bytes and print what comes back");
    addCommon(command, raw);
    addTarget(command, raw);
    CLI::Option_group& what = *command.add_option_group("What to send");
    what.add_option("--hex", raw.hex, "Bytes in hexadecimal")->type_name("HEX");
    what.add_option("--text", raw.text, "Text, as UTF-8")->type_name("TEXT");
    what.add_option("--file", raw.input, "The bytes of a file; - is standard input")->type_name("F");
    what.require_option(1);
    addSending(command, raw, arguments);
    command.add_flag("--half-close", arguments.halfClose, "End our side of the connection once everything is sent");
    addProtocol(command, raw, "When the reply is whole: after a message, a line, or as many bytes as were sent");
}

void addMulti(CLI::App& app, Raw& raw, Arguments& arguments)
{
    CLI::App& command = *app.add_subcommand("multi", "Open many connections, and close each when its bytes came back");
    addCommon(command, raw);
    addTarget(command, raw);
    command.add_option("CONNECTIONS", arguments.connections, "How many, at the same time")
        ->required()
        ->check(CLI::Range(1, ManyConnections::maxConnections));
    command.add_option("--message", raw.messages, "What is sent on each; may be given again and again")
        ->type_name("TEXT")
        ->allow_extra_args(false)
        ->capture_default_str();
    addClientTls(command, raw.tls);
    command
        .add_option("--timeout", raw.timeout, "Seconds to wait for a connection, and for its next byte; 0: for ever")
        ->check(CLI::Range(0.0, longest))
        ->type_name("S");
}

void addDecode(CLI::App& app, Raw& raw)
{
    CLI::App& command = *app.add_subcommand("decode", "Print what a capture holds");
    addPrinting(command, raw);
    command.add_option("--fields", raw.fields, "Of messages, print only these fields: path,path,…")->type_name("PATHS");
    addWhere(command, raw);
    command
        .add_option(
            "FILE", raw.file, "A capture: pcapng or pcap, as it is or packed with gzip or zstd; - is standard input")
        ->required()
        ->check(fileOrStandardInput());
    addProtocol(command, raw, "How bytes are cut into messages (default: app)");
    command.add_option("--max-content", raw.maxContent, "Longest content of a message that is accepted, in bytes")
        ->check(CLI::Range(0LL, biggest))
        ->type_name("BYTES");
}

void addCapture(CLI::App& app, Raw& raw)
{
    CLI::App& command = *app.add_subcommand("capture", "Print what passes a network interface, until Ctrl+C");
    addPrinting(command, raw);
    addWhere(command, raw);
    auto* interface = command.add_option("INTERFACE", raw.interface, "Which one; without it they are listed");
    command.add_flag("--list", raw.list, "List the interfaces")->excludes(interface);
    command.add_option("--filter", raw.filter, "Only these packets: \"tcp port 65432\" (see pcap-filter(7))")
        ->type_name("EXPR");
    command.add_option("--capture", raw.capture, "Record the packets; - is standard output")->type_name("FILE.pcapng");
    addProtocol(command, raw, "How bytes are cut into messages (default: app)");
    command.add_option("--count", raw.count, "Stop after that many packets")
        ->check(CLI::Range(1LL, std::numeric_limits<long long>::max()))
        ->type_name("N");
    command.add_option("--seconds", raw.seconds, "Stop after that many seconds")
        ->check(CLI::Range(0.0, longest))
        ->type_name("S");
    command.add_option("--max-content", raw.maxContent, "Longest content of a message that is accepted, in bytes")
        ->check(CLI::Range(0LL, biggest))
        ->type_name("BYTES");
}

void addSockets(CLI::App& app, Raw& raw, Arguments& arguments)
{
    CLI::App& command = *app.add_subcommand("sockets", "Show sockets of this machine, with their state and process");
    addPrinting(command, raw);
    command.add_option("--port", raw.port, "Only those with this port at either end, whoever's they are")
        ->check(CLI::Range(1, 65535));
    command.add_flag("--all", arguments.all, "Not only Sockeye's and what talks to it, but every TCP and UDP socket");
}

void addDiagnose(CLI::App& app, Raw& raw)
{
    CLI::App& command = *app.add_subcommand("diagnose", "Find out why a connection can be made or not");
    addPrinting(command, raw);
    addTarget(command, raw);
    auto* v4 = command.add_flag("-4", raw.v4, "IPv4 only");
    command.add_flag("-6", raw.v6, "IPv6 only")->excludes(v4);
    command.add_option("--timeout", raw.timeout, "Seconds that each attempt to connect may take (default: 5)")
        ->check(CLI::Range(0.001, 3600.0))
        ->type_name("S");
    command.add_flag("--tls", raw.tls.on, "Begin TLS as well, and look at the server's certificate");
}

void addLoad(CLI::App& app, Raw& raw)
{
    CLI::App& command = *app.add_subcommand("load", "Measure a server: ask as fast as it answers, or at a set rate");
    addPrinting(command, raw);
    addEngine(command, raw);
    addTarget(command, raw);
    auto* v4 = command.add_flag("-4", raw.v4, "IPv4 only");
    command.add_flag("-6", raw.v6, "IPv6 only")->excludes(v4);
    command.add_option("--seconds", raw.seconds, "Ends after that many (default: 5)")
        ->check(CLI::Range(0.001, longest))
        ->type_name("S");
    command.add_option("--timeout", raw.timeout, "Seconds to wait for a connection, and for each reply (default: 10)")
        ->check(CLI::Range(0.001, longest))
        ->type_name("S");
    addLoadOptions(command, raw.load);
}

void addParse(CLI::App& app, Raw& raw)
{
    CLI::App& command = *app.add_subcommand("parse", "Decode a file by a description in Kaitai Struct's language");
    addPrinting(command, raw);
    command.add_option("FORMAT", raw.description, "The description: a .ksy file")->required();
    command.add_option("FILE", raw.file, "One whole message; - is standard input")->required();
}

void addBuild(CLI::App& app, Raw& raw, Arguments& arguments)
{
    CLI::App& command =
        *app.add_subcommand("build", "Make a message of its values, as \"parse --print json\" has them");
    command.add_option("FORMAT", raw.description, "The description: a .ksy file")->required();
    command.add_option("FILE", raw.file, "The values: a JSON object; - is standard input")->required();
    command.add_flag("--hex", arguments.hex, "Print the bytes in hexadecimal");
}

void addDissector(CLI::App& app, Raw& raw)
{
    CLI::App& command =
        *app.add_subcommand("dissector", "Print a dissector in Lua that shows a protocol in Wireshark and tshark");
    command.add_option("PROTOCOL", raw.protocol, "app, or a description: a .ksy file")->required();
}

tl::expected<QByteArray, UsageError> bytesToSend(const CLI::App& command, const Raw& raw)
{
    if (command.count("--hex") > 0) {
        return bytesOfHexOption(text(raw.hex));
    }
    if (command.count("--text") > 0) {
        return QByteArray::fromStdString(raw.text);
    }
    const auto read = readInput(text(raw.input));
    if (!read) {
        return tl::unexpected(UsageError(read.error()));
    }
    return *read;
}

/// Whether bytes come as a stream and nothing else; captures may have datagrams.
bool needsStreams(const Arguments& arguments)
{
    return !arguments.udp && arguments.command != Command::Decode && arguments.command != Command::Capture
        && arguments.command != Command::Dissector;
}

tl::expected<void, UsageError> takeProtocol(const std::string& name, Arguments& arguments)
{
    if (name.empty()) {
        return {};
    }
    auto protocol = protocolFromName(text(name));
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

/// Whether an action of the arithmetic service can be asked for that value; all others take any.
bool isTakenBy(const QString& action, const QString& value)
{
    bool isNumber = true;
    if (action == u"double" || action == u"negate") {
        static_cast<void>(value.toInt(&isNumber));
    }
    return isNumber;
}

/// path=value …
tl::expected<void, UsageError> takeFields(const std::vector<std::string>& words, Arguments& arguments)
{
    QList<FieldValue> fields;
    for (const std::string& word : words) {
        const QString field = text(word);
        const qsizetype equals = field.indexOf(u'=');
        if (equals <= 0) {
            return tl::unexpected(
                tr("“%1” sets no field: expected path=value, like header.id=7.").arg(field.left(100)));
        }
        fields.append({ field.first(equals).trimmed().toUtf8(), field.sliced(equals + 1) });
    }
    auto bytes = arguments.protocol->spokenBy(Sender::Client).build(fields);
    if (!bytes) {
        return tl::unexpected(UsageError(bytes.error()));
    }
    arguments.bytes = *std::move(bytes);
    return {};
}

/// What is to be sent: of the application protocol an action and its value, else fields.
tl::expected<void, UsageError> takeRequest(const std::vector<std::string>& words, Arguments& arguments)
{
    if (arguments.protocol && arguments.protocol->requestShape() != RequestShape::Fields) {
        return takeFields(words, arguments);
    }
    if (words.size() != 2) {
        return tl::unexpected(words.size() < 2
                ? tr("VALUE is required: send HOST PORT ACTION VALUE.")
                : tr("There are too many arguments: send HOST PORT ACTION VALUE. A value with spaces "
                     "stands in quotes."));
    }
    arguments.action = text(words.front());
    arguments.value = text(words.back());
    if (!isTakenBy(arguments.action, arguments.value)) {
        return tl::unexpected(tr("%1 takes a whole number from -2,147,483,648 to 2,147,483,647, and “%2” is none. Any "
                                 "other bytes can be sent with raw.")
                                  .arg(arguments.action, arguments.value));
    }
    return {};
}

/// From CLI11's types to ours.
tl::expected<void, UsageError> take(const CLI::App& command, const Raw& raw, Arguments& arguments)
{
    const auto given = [&command](const char* name) {
        const CLI::Option* option = command.get_option_no_throw(name);
        return option != nullptr && option->count() > 0;
    };
    arguments.print = raw.print == "json" ? PrintMode::Json : raw.print == "none" ? PrintMode::None : PrintMode::Text;
    arguments.capture = text(raw.capture);
    arguments.service = text(raw.service);
    arguments.host = text(raw.host);
    if (given("--engine")) {
        arguments.engine = engineNamed(text(raw.engine));
    }
    arguments.port = static_cast<quint16>(raw.port);
    if (arguments.command == Command::Sockets && !given("--port")) {
        arguments.port = 0;
    }
    if (raw.v4 || raw.v6) {
        arguments.family = raw.v4 ? QAbstractSocket::IPv4Protocol : QAbstractSocket::IPv6Protocol;
        if (arguments.command == Command::Serve && raw.v6 && !given("--host")) {
            arguments.host = QStringLiteral("::1");
        }
    }
    if (given("--timeout")) {
        arguments.timeout = milliseconds(raw.timeout);
    }
    if (given("--linger")) {
        arguments.linger = milliseconds(raw.linger);
    }
    if (given("--idle-timeout")) {
        arguments.idleTimeout = milliseconds(raw.idleTimeout);
    }
    if (!raw.byteOrder.empty()) {
        arguments.byteOrder = raw.byteOrder == "big" ? ByteOrder::Big : ByteOrder::Little;
    }
    arguments.maxContent = raw.maxContent;
    if (given("--max-connections")) {
        arguments.maxConnections = raw.maxConnections;
    }
    arguments.catalog = text(raw.catalog);
    for (const long long size : raw.chunks) {
        arguments.chunks.append(size);
    }
    for (const std::string& message : raw.messages) {
        arguments.messages.append(QByteArray::fromStdString(message));
    }
    arguments.pause = std::chrono::milliseconds(raw.pause);
    if (given("--expect")) {
        arguments.expect = text(raw.expect);
    }
    if (given("--count")) {
        arguments.count = raw.count;
    }
    if (given("--seconds")) {
        arguments.seconds = milliseconds(raw.seconds);
    }
    arguments.file = text(raw.file);
    arguments.description = text(raw.description);
    arguments.interface = text(raw.interface);
    arguments.filter = text(raw.filter);
    if (auto taken = takeProtocol(arguments.command == Command::Load ? raw.load.replies : raw.protocol, arguments);
        !taken) {
        return taken;
    }
    if (arguments.command == Command::Serve && arguments.udp) {
        const QString service = datagramServiceName(arguments.service);
        if (service.isEmpty()) {
            return tl::unexpected(tr("There is no %1 over UDP: only echo and uppercase.").arg(arguments.service));
        }
        arguments.service = service;
    }
    if (given("--fields")) {
        const auto paths = pathsOf(text(raw.fields));
        if (!paths) {
            return tl::unexpected(
                tr("--fields: “%1” is no list of paths: expected something like header.size,items[0].id.")
                    .arg(text(raw.fields).left(100)));
        }
        arguments.fields = ChosenFields(*paths);
    }
    if (given("--where")) {
        auto where = whereFilter(text(raw.where), *printedProtocol(arguments));
        if (!where) {
            return tl::unexpected(where.error());
        }
        arguments.where = *std::move(where);
    }
    if (auto taken = takeTls(raw.tls, arguments); !taken) {
        return tl::unexpected(taken.error());
    }
    if (given("HOST") || given("--host") || arguments.command == Command::Serve) {
        const auto host = readHost(arguments.host);
        if (!host) {
            return tl::unexpected(UsageError(host.error()));
        }
        if (host->port && *host->port != arguments.port && (given("PORT") || given("--port"))) {
            return tl::unexpected(tr("There are two ports: %1 behind the host, and %2.")
                                      .arg(QString::number(*host->port), QString::number(arguments.port)));
        }
        arguments.host = host->host;
        arguments.port = host->port.value_or(arguments.port);
    }
    if (arguments.command == Command::Send) {
        if (auto taken = takeRequest(raw.words, arguments); !taken) {
            return taken;
        }
    }
    arguments.replyTo = text(raw.replyTo);
    if (arguments.replyTo == u"-") {
        if (given("--print") && arguments.print != PrintMode::None) {
            return tl::unexpected(tr("--reply-to -: standard output is the reply's; --print would write there, too."));
        }
        arguments.print = PrintMode::None;
    }
    if (arguments.udp && arguments.untilClose) {
        return tl::unexpected(tr("--until-close: over UDP there is no connection that could be closed."));
    }
    if (arguments.udp && arguments.halfClose) {
        return tl::unexpected(tr("--half-close: UDP has no end of stream that could be sent."));
    }
    if (arguments.command == Command::Raw) {
        const auto bytes = bytesToSend(command, raw);
        if (!bytes) {
            return tl::unexpected(bytes.error());
        }
        arguments.bytes = *bytes;
    }
    if (arguments.command == Command::Load) {
        return takeLoad(command, raw.load, arguments);
    }
    return {};
}

int wrong(const UsageError& error)
{
    complain(QString(error.text + u" " + tr("sockeye-cli --help, or with a command before it, says what is accepted.")),
        error.shown);
    return WrongUsage;
}

const CLI::App* commandNamed(const CLI::App& app, const std::string& name)
{
    const auto found = app.get_subcommands([&name](const CLI::App* command) { return command->get_name() == name; });
    return found.empty() ? nullptr : found.front();
}

Command commandOf(const std::string& name)
{
    return name == "serve"    ? Command::Serve
        : name == "send"      ? Command::Send
        : name == "raw"       ? Command::Raw
        : name == "multi"     ? Command::Multi
        : name == "decode"    ? Command::Decode
        : name == "capture"   ? Command::Capture
        : name == "sockets"   ? Command::Sockets
        : name == "load"      ? Command::Load
        : name == "parse"     ? Command::Parse
        : name == "build"     ? Command::Build
        : name == "dissector" ? Command::Dissector
                              : Command::Diagnose;
}

} // namespace

Limits Arguments::limits() const
{
    Limits limits;
    limits.maxContent = maxContent;
    return limits;
}

std::optional<int> parseArguments(int argc, char** argv, Arguments& arguments)
{
    std::vector<std::string> words(argv + 1, argv + argc);
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!QByteArrayView(words[i]).isValidUtf8()) {
            return wrong(
                tr("Argument %1 is not UTF-8 text. To send such bytes use raw with --hex or --file.").arg(i + 1));
        }
    }
    Raw raw;
    CLI::App app("An eye on your sockets: the engine of Sockeye without its window", "sockeye-cli");
    app.set_version_flag("--version", "sockeye-cli " SOCKEYE_VERSION);
    app.require_subcommand(1);
    addServe(app, raw, arguments);
    addSend(app, raw, arguments);
    addRaw(app, raw, arguments);
    addMulti(app, raw, arguments);
    addDecode(app, raw);
    addCapture(app, raw);
    addSockets(app, raw, arguments);
    addDiagnose(app, raw);
    addLoad(app, raw);
    addParse(app, raw);
    addBuild(app, raw, arguments);
    addDissector(app, raw);
    try {
        if (!words.empty() && words.front().rfind('-', 0) != 0) {
            const CLI::App* command = commandNamed(app, words.front());
            if (command == nullptr) {
                return wrong(tr("There is no command \"%1\".").arg(text(words.front())));
            }
            constexpr int placeOfValue = 3; // send HOST PORT ACTION VALUE
            const bool hasValue = words.front() == "send";
            auto ordered = optionsFirst(*command, { words.begin() + 1, words.end() }, hasValue ? placeOfValue : -1);
            ordered.insert(ordered.begin(), words.front());
            words = std::move(ordered);
        }
        // CLI11 takes them from the back.
        app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
        const CLI::App& command = *app.get_subcommands().front();
        arguments.command = commandOf(command.get_name());
        const auto taken = take(command, raw, arguments);
        if (!taken) {
            return wrong(taken.error());
        }
    } catch (const CLI::Success& asked) { // --help, --version
        errno = 0;
        const int status = app.exit(asked);
        if (!std::cout.flush() && errno != EPIPE) {
            Output::fail(errno);
            return Failed;
        }
        return status;
    } catch (const CLI::Error& error) {
        return wrong(QString(text(error.what()) + u"."));
    }
    return std::nullopt;
}

} // namespace sockeye::cli
