// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/socket_options.h"

#include "app/net/engine_capabilities.h"
#include "app/net/host_text.h"

#include <QCoreApplication>

namespace sockeye {

QStringList notDoneBy(const EngineCapabilities& capabilities, const SocketOptions& options)
{
    const auto tr = [](const char* text) { return QCoreApplication::translate("sockeye::Engine", text); };
    QStringList missing;
    if (!capabilities.timesKeepAlive && options.keepAlive && *options.keepAlive != SocketOptions::KeepAlive()) {
        missing += tr("Keep-alive is on, but this engine cannot set its times: the system's own hold.");
    }
    if (!capabilities.setsTtl && options.ttl) {
        missing += tr("This engine cannot set the TTL, but for what goes to a multicast group.");
    }
    return missing;
}

QStringList notDoneByUnix(const SocketOptions& options)
{
    SocketOptions had; // what Unix sockets have of it
    had.sendBuffer = options.sendBuffer;
    had.receiveBuffer = options.receiveBuffer;
    had.noDelay = options.noDelay; // nothing is ever delayed
    if (had == options) {
        return {};
    }
    return { QCoreApplication::translate("sockeye::Engine",
        "Of the options of sockets a Unix socket has the sizes of its buffers alone: all others are left out.") };
}

bool manyMayAnswer(const SocketAddress& peer, const SocketOptions& options)
{
    return !peer.isUnix() && (peer.host.isMulticast() || options.broadcast || !options.groups.isEmpty());
}

QString groupsText(const SocketOptions& options)
{
    QStringList names;
    for (const QHostAddress& group : options.groups) {
        names += group.toString();
    }
    const QString all = names.join(QStringLiteral(", "));
    return all.isEmpty() || options.interface.isEmpty()
        ? all
        : QCoreApplication::translate("sockeye::Engine", "%1 on %2").arg(all, options.interface);
}

std::optional<SocketAddress> readOwnEnd(const QString& text)
{
    bool isPort = false;
    const quint16 port = text.toUShort(&isPort);
    if (isPort) {
        return SocketAddress { {}, port };
    }
    const auto host = readHost(text);
    SocketAddress end;
    if (!host || !end.host.setAddress(host->host)) {
        return std::nullopt;
    }
    end.port = host->port.value_or(0);
    return end;
}

} // namespace sockeye
