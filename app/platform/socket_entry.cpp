// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/socket_entry.h"

#include <QCoreApplication>

namespace sockeye {

QString protocolName(const SocketEntry& entry)
{
    switch (entry.protocol) {
    case SocketProtocol::Tcp:
        return entry.isIPv6 ? QStringLiteral("tcp6") : QStringLiteral("tcp");
    case SocketProtocol::Udp:
        return entry.isIPv6 ? QStringLiteral("udp6") : QStringLiteral("udp");
    case SocketProtocol::UnixStream:
        return QStringLiteral("u_str");
    case SocketProtocol::UnixDatagram:
        return QStringLiteral("u_dgr");
    case SocketProtocol::UnixPacket:
        return QStringLiteral("u_seq");
    }
    return {};
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
        return entry.isDatagrams() ? QStringLiteral("UNCONN") : QStringLiteral("CLOSE");
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
    if (address.port != 0 || address.isUnix()) {
        return address.toString();
    }
    const QString text = address.toString();
    return text.left(text.lastIndexOf(u':') + 1) + u'*';
}

namespace {

QString inodeText(quint64 inode)
{
    return QCoreApplication::translate("sockeye::SocketEntry", "inode %1").arg(inode);
}

} // namespace

QString localText(const SocketEntry& entry)
{
    return entry.isUnix() && entry.local.unixName.isUnnamed() ? inodeText(entry.inode) : endText(entry.local);
}

QString foreignText(const SocketEntry& entry)
{
    if (!entry.isUnix()) {
        return endText(entry.foreign);
    }
    const UnixName& name = entry.foreign.unixName;
    return entry.peerInode == 0 ? QStringLiteral("*")
        : name.isUnnamed()      ? inodeText(entry.peerInode)
                                : QString(name.text() + u" (" + inodeText(entry.peerInode) + u')');
}

} // namespace sockeye
