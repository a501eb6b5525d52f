// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/address.h"
#include "app/net/failure.h"
#include "app/net/socket_options.h"
#include "app/net/transfer.h"
#include "app/platform/posix/descriptor.h"

#include <QByteArrayView>

#include <optional>

namespace sockeye {

/// A UDP socket as the system has it, either bound or connected to one peer: no buffers, no notifications, each call is
/// one system call, none ever waits. Transfers are of one datagram, perhaps an empty one.
class UdpSocket {
public:
    /// Port 0: a free one. Joins the groups, and the address if it is one.
    [[nodiscard]] FailureCode bind(const SocketAddress& address, const SocketOptions& options);
    /// So that the system tells of ICMP answers. Nothing is sent. To a group, and where broadcasts are allowed, it is
    /// only remembered: a connected socket would not get the answers.
    [[nodiscard]] FailureCode connectTo(const SocketAddress& address, const SocketOptions& options);
    void close() { m_descriptor.close(); }

    /// A datagram that is longer than `size` is cut off. `to` becomes the address of ours that it was sent to; it stays
    /// as it is where the socket has only one.
    [[nodiscard]] Transfer receive(char* data, qsizetype size, SocketAddress& from, QHostAddress& to);
    [[nodiscard]] Transfer send(QByteArrayView bytes); ///< to the peer that connectTo() was told
    /// From that address of ours if it is not null.
    [[nodiscard]] Transfer send(QByteArrayView bytes, const SocketAddress& to, const QHostAddress& from);

    [[nodiscard]] bool isOpen() const { return m_descriptor.isValid(); }
    [[nodiscard]] int descriptor() const { return m_descriptor.number(); }
    [[nodiscard]] SocketAddress local() const;
    [[nodiscard]] SocketAddress peer() const; ///< that connectTo() was told
    [[nodiscard]] FailureCode failure() const; ///< of the last call that failed
    [[nodiscard]] int lastError() const { return m_error; } ///< its errno

private:
    [[nodiscard]] FailureCode failedToOpen(int error);
    [[nodiscard]] Transfer result(qsizetype count);

    Descriptor m_descriptor;
    int m_error = 0;
    std::optional<SocketAddress> m_peer; ///< of a socket that is not connected to it
    QHostAddress m_source; ///< from which the system sends there
    bool m_bothFamilies = false; ///< IPv4 goes as IPv6
    bool m_manyAddresses = false; ///< bound to all of ours
};

} // namespace sockeye
