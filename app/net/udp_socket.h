// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/address.h"
#include "app/net/failure.h"

#include <QByteArrayView>

#include <memory>

class QSocketNotifier;

namespace sockeye {

/// One UDP socket: either bound, and good for any number of peers, or connected to one. A thin layer over the
/// descriptor as TcpStream is: no buffers, each call is one system call, none ever waits.
class UdpSocket {
public:
    /// Who is told that there is something to do. May do anything in these calls but destroy the socket (it may close
    /// it).
    class Owner {
    public:
        virtual void readable() = 0; ///< a datagram, or an error: receive() tells
        virtual void writable() = 0; ///< there is room again
    protected:
        ~Owner() = default;
    };

    enum class Status : quint8 {
        Ok, ///< one datagram came or went, perhaps an empty one
        WouldBlock, ///< nothing to read, or no room, at this moment
        Failed, ///< see failure(): Refused is the ICMP answer to something sent earlier, which is lost
    };
    struct Received {
        Status status = Status::WouldBlock;
        qsizetype size = 0;
        SocketAddress from;
        QHostAddress to; ///< the address of ours that it was sent to; null where the socket has only one
    };

    explicit UdpSocket(Owner& owner);
    ~UdpSocket();
    UdpSocket(const UdpSocket&) = delete;
    UdpSocket& operator=(const UdpSocket&) = delete;

    /// A descriptor that is connected to `address`, so that the system tells of ICMP answers; -1, and why in `failure`,
    /// if there is no way to it. Nothing is sent.
    [[nodiscard]] static int openTo(const SocketAddress& address, FailureCode& failure);

    [[nodiscard]] FailureCode bind(const SocketAddress& address); ///< port 0: a free one
    void adopt(int descriptor); ///< takes over a connected socket
    void close();

    /// A datagram that is longer than `size` is cut off: none is longer than 65,535 bytes.
    [[nodiscard]] Received receive(char* data, qsizetype size);
    [[nodiscard]] Status send(QByteArrayView bytes); ///< to the peer of a connected socket
    /// From that address of ours if it is not null: an answer must come from where the question went.
    [[nodiscard]] Status send(QByteArrayView bytes, const SocketAddress& to, const QHostAddress& from);

    void setReading(bool on);
    void setWriting(bool on);

    [[nodiscard]] bool isOpen() const { return m_descriptor >= 0; }
    [[nodiscard]] SocketAddress local() const;
    [[nodiscard]] SocketAddress peer() const; ///< of a connected socket
    [[nodiscard]] FailureCode failure() const; ///< of the last call that failed
    [[nodiscard]] int lastError() const { return m_error; } ///< its errno

private:
    [[nodiscard]] Status failed();
    void setNotifier(std::unique_ptr<QSocketNotifier>& notifier, bool reads, bool on);

    Owner& m_owner;
    int m_descriptor = -1;
    int m_error = 0;
    bool m_bothFamilies = false; ///< IPv4 goes as IPv6
    bool m_manyAddresses = false; ///< bound to all of ours
    std::unique_ptr<QSocketNotifier> m_reader;
    std::unique_ptr<QSocketNotifier> m_writer; ///< made when it is first needed
};

} // namespace sockeye
