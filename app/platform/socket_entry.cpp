// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/socket_entry.h"

namespace sockeye {

QString protocolName(const SocketEntry& entry)
{
    if (entry.protocol == SocketProtocol::Tcp) {
        return entry.isIPv6 ? QStringLiteral("tcp6") : QStringLiteral("tcp");
    }
    return entry.isIPv6 ? QStringLiteral("udp6") : QStringLiteral("udp");
}

QString stateName(const SocketEntry& entry)
{
    switch (entry.state) {
    case TcpState::Established:
        return QStringLiteral("ESTABLISHED");
    case TcpState::SynSent:
        return QStringLiteral("SYN_SENT");
    case TcpState::SynReceived:
    case TcpState::NewSynReceived:
        return QStringLiteral("SYN_RECV");
    case TcpState::FinWait1:
        return QStringLiteral("FIN_WAIT1");
    case TcpState::FinWait2:
        return QStringLiteral("FIN_WAIT2");
    case TcpState::TimeWait:
        return QStringLiteral("TIME_WAIT");
    case TcpState::Closed:
        return entry.protocol == SocketProtocol::Udp ? QStringLiteral("UNCONN") : QStringLiteral("CLOSE");
    case TcpState::CloseWait:
        return QStringLiteral("CLOSE_WAIT");
    case TcpState::LastAck:
        return QStringLiteral("LAST_ACK");
    case TcpState::Listen:
        return QStringLiteral("LISTEN");
    case TcpState::Closing:
        return QStringLiteral("CLOSING");
    case TcpState::Unknown:
        break;
    }
    return QStringLiteral("UNKNOWN");
}

QString endText(const SocketAddress& address)
{
    if (address.port != 0) {
        return address.toString();
    }
    const QString text = address.toString();
    return text.left(text.lastIndexOf(u':') + 1) + u'*';
}

} // namespace sockeye
