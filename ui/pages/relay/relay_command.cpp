// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/relay/relay_command.h"

#include "app/relay/faults/fault_kinds.h"
#include "protocol/composer/source_literal.h"

#include <QHostAddress>

#include <algorithm>

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

QString hostAndPort(const QString& host, quint16 port)
{
    return (host.contains(u':') ? u'[' + host + u']' : host) + u':' + QString::number(port);
}

QString relayCommand(const RelayOptions& options)
{
    QStringList words { QStringLiteral("sockeye-cli"), QStringLiteral("relay"),
        shellQuoted(hostAndPort(options.host, options.port)),
        shellQuoted(hostAndPort(options.targetHost, options.targetPort)) };
    if (options.transport == Transport::Udp) {
        words.append(QStringLiteral("--udp"));
    }
    words.append({ QStringLiteral("--protocol"), shellQuoted(options.protocol->id()) });
    for (const FaultSettings& fault : options.faults) {
        if (fault.enabled) {
            words.append({ QStringLiteral("--fault"), shellQuoted(writeFault(fault)) });
        }
    }
    const bool draws = std::ranges::any_of(options.faults, &FaultSettings::enabled);
    if (draws && options.seed) {
        words.append({ QStringLiteral("--seed"), QString::number(*options.seed) });
    }
    return words.join(u' ');
}

bool relaysToItself(const RelayOptions& options)
{
    if (options.port == 0 || options.port != options.targetPort) {
        return false;
    }
    return options.host == options.targetHost
        || ((isThisMachine(options.host) || isEveryAddress(options.host)) && isThisMachine(options.targetHost))
        || (isEveryAddress(options.host) && isEveryAddress(options.targetHost));
}

} // namespace sockeye
