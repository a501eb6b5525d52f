// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/address.h"

#include <QString>

namespace sockeye {

/// The states of a TCP socket (RFC 9293, 3.3.2), with the numbers that Linux gives them.
enum class TcpState : quint8 {
    Unknown = 0,
    Established = 1,
    SynSent = 2,
    SynReceived = 3,
    FinWait1 = 4,
    FinWait2 = 5,
    TimeWait = 6,
    Closed = 7,
    CloseWait = 8,
    LastAck = 9,
    Listen = 10,
    Closing = 11,
    NewSynReceived = 12, ///< what Linux calls an unfinished handshake inside; shown as SynReceived
};

enum class SocketProtocol : quint8 { Tcp, Udp, UnixStream, UnixDatagram, UnixPacket };

/// One socket of the machine, as the kernel tells of it.
struct SocketEntry {
    SocketAddress local;
    SocketAddress foreign; ///< port 0: none; of a Unix socket null: none
    quint64 inode = 0; ///< what /proc names it by; 0: no process holds it
    /// Bytes that have come and nobody has read. Of a listening socket: connections that wait to be accepted.
    qint64 receiveQueue = 0;
    /// Bytes that were written and the peer has not confirmed. Of a listening socket: how many connections may wait;
    /// -1 where that is not told.
    qint64 sendQueue = 0;
    quint64 peerInode = 0; ///< of a Unix socket that is connected to another; 0: it is not, or nothing tells
    quint32 user = 0; ///< id of the user that it belongs to
    SocketProtocol protocol = SocketProtocol::Tcp;
    TcpState state = TcpState::Unknown; ///< of UDP and Unix datagrams: Established where it has a peer, or Closed
    bool isIPv6 = false; ///< made for IPv6; such a socket may also serve IPv4

    [[nodiscard]] bool isListening() const { return state == TcpState::Listen; }
    [[nodiscard]] bool isUnix() const { return protocol >= SocketProtocol::UnixStream; }
    [[nodiscard]] bool isDatagrams() const
    {
        return protocol == SocketProtocol::Udp || protocol == SocketProtocol::UnixDatagram;
    }
    friend bool operator==(const SocketEntry&, const SocketEntry&) = default;
};

/// "tcp", "tcp6", "udp", "udp6", as netstat names them; "u_str", "u_dgr", "u_seq", as ss does.
[[nodiscard]] QString protocolName(const SocketEntry& entry);
/// "LISTEN", "TIME_WAIT", … as netstat names them; "UNCONN" for a socket of datagrams without a
/// peer. Never translated.
[[nodiscard]] QString stateName(const SocketEntry& entry);
/// "127.0.0.1:65432"; the port as "*" where there is none.
[[nodiscard]] QString endText(const SocketAddress& address);
/// The same of the ends of a socket. Unix sockets without a name are told by their inodes: "inode 1234"; a peer's
/// stands behind its name, too: "/run/app.sock (inode 1234)".
[[nodiscard]] QString localText(const SocketEntry& entry);
[[nodiscard]] QString foreignText(const SocketEntry& entry);

} // namespace sockeye
