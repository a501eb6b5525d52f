// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/address.h"

namespace sockeye {

QString SocketAddress::toString() const
{
    const QString number = QString::number(port);
    // Brackets keep the colons of an IPv6 address apart from the one before the port.
    if (host.protocol() == QAbstractSocket::IPv6Protocol) {
        return QStringLiteral("[%1]:%2").arg(host.toString(), number);
    }
    return QStringLiteral("%1:%2").arg(host.toString(), number);
}

} // namespace sockeye
