// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/own_target.h"

#include <QHostAddress>

namespace sockeye {

namespace {

bool isThisMachine(const QString& host)
{
    return host.compare(u"localhost", Qt::CaseInsensitive) == 0 || QHostAddress(host).isLoopback();
}

bool isEveryAddress(const QString& host)
{
    const QHostAddress address(host);
    return address == QHostAddress(QHostAddress::AnyIPv4) || address == QHostAddress(QHostAddress::AnyIPv6);
}

} // namespace

bool relaysToItself(const RelayOptions& options)
{
    if (isUnixHost(options.host) || isUnixHost(options.targetHost)) {
        return options.host == options.targetHost;
    }
    if (options.port == 0 || options.port != options.targetPort) {
        return false;
    }
    return options.host == options.targetHost
        || ((isThisMachine(options.host) || isEveryAddress(options.host)) && isThisMachine(options.targetHost))
        || (isEveryAddress(options.host) && isEveryAddress(options.targetHost));
}

} // namespace sockeye
