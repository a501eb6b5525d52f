// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/address.h"

namespace sockeye {

QString SocketAddress::hostText() const
{
    // Qt writes it like that of IPv4 alone.
    return host.protocol() == QAbstractSocket::AnyIPProtocol ? QStringLiteral("::") : host.toString();
}

QString SocketAddress::toString() const
{
    const QString number = QString::number(port);
    const QString text = hostText();
    // Brackets keep the colons of an IPv6 address apart from the one before the port.
    return (text.contains(u':') ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2")).arg(text, number);
}

} // namespace sockeye
