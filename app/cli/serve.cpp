// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands.h"
#include "app/cli/listening.h"
#include "app/cli/rules_reload.h"
#include "app/cli/terminal/exit_status.h"
#include "app/cli/terminal/line_input.h"
#include "app/cli/terminal/tr.h"
#include "app/endpoint/server.h"
#include "app/listening/tls_names.h"
#include "app/net/io_threads.h"
#include "app/platform/file_limit.h"
#include "app/storage/input_bytes.h"

#include <QHostInfo>

namespace sockeye::cli {

namespace {

/// An empty pointer after a complaint.
std::shared_ptr<const Catalog> readCatalog(const QString& name)
{
    constexpr qint64 most = 64 * 1024 * 1024;
    const auto bytes = inputBytes(name, most);
    if (!bytes) {
        complain(u"--catalog: " + bytes.error());
        return nullptr;
    }
    const auto catalog = Catalog::fromJson(*bytes);
    if (!catalog) {
        complain(tr("The catalogue %1 is no JSON object of query and answer: %2 (at byte %3)")
                     .arg(name, wireText(catalog.error()), QString::number(catalog.error().offset)));
        return nullptr;
    }
    return std::make_shared<const Catalog>(*catalog);
}

/// The first address of that family, for -4 and -6; `host` itself where any will do, empty where there is none.
QString hostOfFamily(const QString& host, QAbstractSocket::NetworkLayerProtocol family)
{
    if (family == QAbstractSocket::AnyIPProtocol) {
        return host;
    }
    const QHostInfo found = QHostInfo::fromName(host);
    for (const QHostAddress& address : found.addresses()) {
        if (address.protocol() == family) {
            return address.toString();
        }
    }
    return {};
}

/// Who it is over TLS, and how somebody can see that.
QString certificateText(const CertificateFacts& certificate, const SocketAddress& address)
{
    return tr("Its certificate: %1, SHA-256 %2\nTo look at it: %3")
        .arg(certificate.subject, certificate.fingerprint, lookLine(address));
}

QByteArray listeningLine(PrintMode mode, const ServerOptions& options, const Server& server)
{
    const SocketAddress address = server.address();
    const bool isTls = server.certificate().has_value();
    if (mode == PrintMode::Json) {
        return listeningJson(server, serviceTransport(options.service), options.service, [&options](JsonLine& json) {
            if (!options.socket.groups.isEmpty()) {
                json.string("groups", groupsText(options.socket));
            }
        });
    }
    QByteArray line;
    if (mode == PrintMode::Text) {
        const QString what = isTls ? tr("%1, TLS").arg(options.service) : options.service;
        line = tr("Listening on %1 (%2). Ctrl+C stops.").arg(address.toString(), what).toUtf8() + '\n';
        if (!options.socket.groups.isEmpty()) {
            line += tr("Joined: %1").arg(groupsText(options.socket)).toUtf8() + '\n';
        }
        if (isTls) {
            line += certificateText(*server.certificate(), address).toUtf8() + '\n';
        }
    }
    return line;
}

bool setUp(const Arguments& arguments, ServerOptions& options)
{
    options.service = arguments.service;
    options.host = hostOfFamily(arguments.host, arguments.family);
    if (options.host.isEmpty()) {
        complain(tr("%1 has no address of the family that was asked for.").arg(arguments.host));
        return false;
    }
    options.ipv6Only = arguments.family == QAbstractSocket::IPv6Protocol;
    options.port = arguments.port;
    options.engine = arguments.engine;
    options.socket = arguments.socket;
    options.tls = arguments.tlsServer;
    options.serviceOptions.persistent = arguments.persistent;
    options.serviceOptions.claimed = arguments.byteOrder;
    options.serviceOptions.limits = arguments.limits();
    options.serviceOptions.protocol = arguments.protocol;
    if (!arguments.catalog.isEmpty()) {
        options.serviceOptions.catalog = readCatalog(arguments.catalog);
        if (!options.serviceOptions.catalog) {
            return false;
        }
    }
    options.maxConnections = arguments.maxConnections.value_or(options.maxConnections);
    options.linger = arguments.linger.value_or(options.linger);
    options.idleTimeout = arguments.idleTimeout.value_or(options.idleTimeout);
    return true;
}

/// Runs the server until it is told to stop. Returns false if it never listened.
bool serveUntilAsked(const Arguments& arguments, const ServerOptions& options, Recording& recording)
{
    raiseFileLimit(); // each connection takes one
    StopSignals stopSignals;
    IoThreads threads;
    Server server(threads, recording.capture());
    std::optional<LineInput> typed; // what is typed goes to all in a room
    if (newService(options.service, options.serviceOptions)->newRoom()) {
        typed.emplace();
        QObject::connect(&*typed, &LineInput::line, &server, [&server](const QString& line) { server.say(line); });
    }
    return listenUntilAsked(
        server, stopSignals, arguments, recording, [&] { server.start(options); },
        [&] { return listeningLine(arguments.print, options, server); });
}

} // namespace

int serve(const Arguments& arguments)
{
    ServerOptions options;
    if (!setUp(arguments, options)) {
        return WrongUsage;
    }
    RulesReload rules(arguments);
    options.serviceOptions.rules = rules.shelf();
    const auto service = newService(options.service, options.serviceOptions);
    PrinterOptions printing;
    printing.protocol = arguments.protocol ? arguments.protocol : service->protocol();
    printing.limits = options.serviceOptions.limits;
    printing.tellsRules = rules.shelf() != nullptr;
    Recording recording(
        arguments, printing, QString(u"Server " + placeText(options.host, options.port) + u", " + options.service));
    if (!recording.fileIsGood()) {
        return Failed;
    }
    rules.follow(recording.capture());
    const bool served = serveUntilAsked(arguments, options, recording);
    rules.stop();
    return recording.finish() && served ? Done : Failed;
}

} // namespace sockeye::cli
