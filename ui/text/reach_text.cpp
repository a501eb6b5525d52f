// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/text/reach_text.h"

#include "app/net/address.h"
#include "app/net/host_text.h"

#include <QCoreApplication>
#include <QHostAddress>

namespace sockeye {

namespace {

class ReachTexts {
    Q_DECLARE_TR_FUNCTIONS(sockeye::ReachTexts)
public:
    static QString everybody()
    {
        return tr(
            "Every machine that reaches this one over any of its networks can connect, unless a firewall keeps it "
            "out.");
    }
    static QString neighbours(const QString& host)
    {
        return tr("Machines that reach %1 can connect: usually those of the same local network.").arg(host);
    }
    static QString world(const QString& host)
    {
        return tr("%1 is a public address: machines anywhere in the Internet can connect, unless a firewall keeps them "
                  "out.")
            .arg(host);
    }
    static QString path() { return tr("Programs of this machine can connect that may write to the socket's file."); }
    static QString abstractName()
    {
        return tr("Every program of this machine can connect: an abstract name has no file, and so no rights.");
    }
    static QString name(const QString& host)
    {
        return tr("Machines that reach the address behind the name %1 can connect.").arg(host);
    }
};

bool isAny(const QHostAddress& address)
{
    return address == QHostAddress(QHostAddress::AnyIPv4) || address == QHostAddress(QHostAddress::AnyIPv6)
        || address == QHostAddress(QHostAddress::Any);
}

} // namespace

QString reachText(const QString& host)
{
    const QString name = host.trimmed();
    if (const auto read = readHost(name); read && isUnixHost(read->host)) {
        return SocketAddress::ofHost(read->host, 0)->unixName.isAbstract() ? ReachTexts::abstractName()
                                                                           : ReachTexts::path();
    }
    const QHostAddress address(name);
    if (address.isNull()) {
        const bool isThisMachine = name.isEmpty() || name.compare(u"localhost", Qt::CaseInsensitive) == 0;
        return isThisMachine ? QString() : ReachTexts::name(name);
    }
    if (address.isLoopback()) {
        return {};
    }
    if (isAny(address)) {
        return ReachTexts::everybody();
    }
    const bool isLocal = address.isLinkLocal() || address.isSiteLocal() || address.isUniqueLocalUnicast()
        || address.isInSubnet(QHostAddress(QStringLiteral("10.0.0.0")), 8)
        || address.isInSubnet(QHostAddress(QStringLiteral("172.16.0.0")), 12)
        || address.isInSubnet(QHostAddress(QStringLiteral("192.168.0.0")), 16);
    return isLocal ? ReachTexts::neighbours(name) : ReachTexts::world(name);
}

} // namespace sockeye
