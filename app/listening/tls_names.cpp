// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/listening/tls_names.h"

#include "protocol/composer/source_literal.h"

#include <QNetworkInterface>
#include <QSysInfo>

namespace sockeye {

QStringList certificateNames(const QString& host, const QHostAddress& address)
{
    QStringList names { QStringLiteral("localhost"), QStringLiteral("127.0.0.1"), QStringLiteral("::1") };
    const auto add = [&names](const QString& name) {
        if (!name.isEmpty() && !names.contains(name)) {
            names.append(name);
        }
    };
    const bool isEvery = address == QHostAddress(QHostAddress::Any) || address == QHostAddress(QHostAddress::AnyIPv4)
        || address == QHostAddress(QHostAddress::AnyIPv6);
    if (!isEvery) {
        add(host);
        add(address.toString());
        return names;
    }
    add(QSysInfo::machineHostName());
    for (QHostAddress each : QNetworkInterface::allAddresses()) {
        each.setScopeId({});
        add(each.toString());
    }
    return names;
}

namespace {

/// Where to connect to: every address of the machine is reached at its loopback, too.
QHostAddress reachable(const QHostAddress& address)
{
    const bool isEvery = address == QHostAddress(QHostAddress::Any) || address == QHostAddress(QHostAddress::AnyIPv4);
    return isEvery                                       ? QHostAddress(QHostAddress::LocalHost)
        : address == QHostAddress(QHostAddress::AnyIPv6) ? QHostAddress(QHostAddress::LocalHostIPv6)
                                                         : address;
}

} // namespace

QString lookLine(const SocketAddress& server)
{
    if (server.isUnix()) {
        return server.unixName.isPath()
            ? QStringLiteral("openssl s_client -unix ") + shellQuoted(server.unixName.text())
            : sendLine(server); // OpenSSL knows no abstract ones
    }
    return QStringLiteral("openssl s_client -connect %1")
        .arg(SocketAddress { reachable(server.host), server.port }.toString());
}

QString sendLine(const SocketAddress& server)
{
    const QString target = server.isUnix()
        ? QString(u"--unix " + shellQuoted(server.unixName.text()))
        : QString(reachable(server.host).toString() + u' ' + QString::number(server.port));
    return QStringLiteral("sockeye-cli send %1 search morpheus --tls --tls-insecure").arg(target);
}

} // namespace sockeye
