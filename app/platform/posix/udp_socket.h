// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/address.h"
#include "app/net/failure.h"
#include "app/net/socket_options.h"
#include "app/net/transfer.h"
#include "app/platform/posix/descriptor.h"
#include "app/platform/posix/unix_place.h"

#include <QByteArrayView>

#include <chrono>
#include <optional>

namespace sockeye {

/// A UDP socket, or a Unix socket of datagrams, as the system has it, either bound or connected to one peer: no
/// buffers, no notifications, each call is one system call, none ever waits. Transfers are of one datagram, perhaps an
/// empty one.
class UdpSocket {
public:
    /// Port 0: a free one. Joins the groups, and the address if it is one.
    [[nodiscard]] FailureCode bind(const SocketAddress& address, const SocketOptions& options);
    /// So that the system tells of ICMP answers. Nothing is sent. To a group, and where broadcasts are allowed, it is
    /// only remembered: a connected socket would not get the answers.
    [[nodiscard]] FailureCode connectTo(const SocketAddress& address, const SocketOptions& options);
    void close();

    /// A datagram that is longer than `size`, or over a Unix socket than maxDatagram, is cut off: `cut` becomes how
    /// many bytes were lost, where the system tells. `to` becomes the address of ours that it was sent to; it stays as
    /// it is where the socket has only one.
    [[nodiscard]] Transfer receive(char* data, qsizetype size, SocketAddress& from, QHostAddress& to, qsizetype& cut);
    [[nodiscard]] Transfer send(QByteArrayView bytes); ///< to the peer that connectTo() was told
    /// From that address of ours if it is not null.
    [[nodiscard]] Transfer send(QByteArrayView bytes, const SocketAddress& to, const QHostAddress& from);

    /// Whether the system tells when there is room again. It does not of a Unix socket that has many peers: each has a
    /// queue of its own, and one has to try again.
    [[nodiscard]] bool tellsRoom() const;

    [[nodiscard]] bool isOpen() const { return m_descriptor.isValid(); }
    [[nodiscard]] int descriptor() const { return m_descriptor.number(); }
    [[nodiscard]] SocketAddress local() const;
    [[nodiscard]] SocketAddress peer() const; ///< that connectTo() was told
    [[nodiscard]] FailureCode failure() const; ///< of the last call that failed
    [[nodiscard]] int lastError() const { return m_error; } ///< its errno

private:
    [[nodiscard]] FailureCode bindUnix(const UnixName& name, const SocketOptions& options);
    [[nodiscard]] FailureCode connectToUnix(const UnixName& name, const SocketOptions& options);
    [[nodiscard]] Transfer receiveUnix(char* data, qsizetype size, SocketAddress& from, qsizetype& cut);
    [[nodiscard]] Transfer sendUnix(QByteArrayView bytes, const UnixName& to);
    [[nodiscard]] FailureCode failedToOpen(int error);
    [[nodiscard]] Transfer result(qsizetype count);

    Descriptor m_descriptor;
    int m_error = 0;
    std::optional<SocketAddress> m_peer; ///< of a socket that is not connected to it
    QHostAddress m_source; ///< from which the system sends there
    bool m_bothFamilies = false; ///< IPv4 goes as IPv6
    bool m_manyAddresses = false; ///< bound to all of ours
    bool m_isUnix = false;
    UnixPlace m_place; ///< of a Unix socket that is bound
    UnixName m_stuck; ///< a peer that does not read: its queue was full last time
    std::chrono::steady_clock::time_point m_stuckSince;
};

} // namespace sockeye
