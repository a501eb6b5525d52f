// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/address.h"

#include <QCoreApplication>

namespace sockeye {

std::optional<SocketAddress> SocketAddress::ofHost(const QString& host, quint16 port)
{
    SocketAddress address;
    if (isUnixHost(host)) {
        address.unixName = UnixName::fromText(host.sliced(unixScheme.size()));
        return address;
    }
    address.port = port;
    return address.host.setAddress(host) ? std::optional(address) : std::nullopt;
}

QString SocketAddress::hostText() const
{
    if (isUnix()) {
        return unixName.text();
    }
    // Qt writes it like that of IPv4 alone.
    return host.protocol() == QAbstractSocket::AnyIPProtocol ? QStringLiteral("::") : host.toString();
}

QString SocketAddress::toString() const
{
    return isUnix() ? unixName.text() : hostAndPort(hostText(), port);
}

QString SocketAddress::placeText() const
{
    return isUnix() ? QCoreApplication::translate("sockeye::Host", "the Unix socket %1").arg(unixName.text())
                    : sockeye::placeText(hostText(), port);
}

bool isUnixHost(const QString& host)
{
    return host.startsWith(unixScheme);
}

QLatin1StringView transportName(Transport transport, bool isUnix)
{
    return transport == Transport::Udp ? QLatin1StringView(isUnix ? "unix-datagram" : "udp")
                                       : QLatin1StringView(isUnix ? "unix" : "tcp");
}

QString placeText(const QString& host, quint16 port)
{
    if (isUnixHost(host)) {
        return SocketAddress::ofHost(host, 0)->placeText();
    }
    return QCoreApplication::translate("sockeye::Host", "%1 port %2").arg(host, QString::number(port));
}

QString hostAndPort(const QString& host, quint16 port)
{
    if (isUnixHost(host)) {
        return host;
    }
    // Brackets keep the colons of an IPv6 address apart from the one before the port.
    return (host.contains(u':') ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2")).arg(host, QString::number(port));
}

} // namespace sockeye
