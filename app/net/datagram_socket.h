// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/address.h"
#include "app/net/failure.h"
#include "app/net/socket_options.h"

#include <QByteArrayView>

namespace sockeye {

/// One UDP socket, or Unix socket of datagrams: either bound, and good for any number of peers, or connected to one. No
/// call ever waits. Lives in the thread in which it is opened.
class DatagramSocket {
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
        Failed, ///< see lastFailure(): Refused is the ICMP answer to something sent earlier, which is lost
    };
    struct Received {
        Status status = Status::WouldBlock;
        qsizetype size = 0;
        qsizetype cut = 0; ///< further bytes that it had, and which are lost: longer than ours may be
        SocketAddress from;
        QHostAddress to; ///< the address of ours that it was sent to; null where the socket has only one
    };

    virtual ~DatagramSocket() = default; ///< closes it
    DatagramSocket(const DatagramSocket&) = delete;
    DatagramSocket& operator=(const DatagramSocket&) = delete;

    void setOwner(Owner& owner) { m_owner = &owner; } ///< who is told from here on

    /// Port 0: a free one. An address of a group is joined, as are those of the options, of its family.
    [[nodiscard]] virtual FailureCode bind(const SocketAddress& address, const SocketOptions& options) = 0;
    /// Has one peer from here on, so that the system tells of its ICMP answers. Nothing is sent. Where the peer is a
    /// group, or broadcasts are allowed, others may answer: whatever comes is received then.
    [[nodiscard]] virtual FailureCode connectTo(const SocketAddress& address, const SocketOptions& options) = 0;
    virtual void close() = 0;

    /// A datagram that is longer than `size` is cut off: none is longer than 65,535 bytes.
    [[nodiscard]] virtual Received receive(char* data, qsizetype size) = 0;
    [[nodiscard]] virtual Status send(QByteArrayView bytes) = 0; ///< to the peer that connectTo() was told
    /// From that address of ours if it is not null: an answer must come from where the question went.
    [[nodiscard]] virtual Status send(QByteArrayView bytes, const SocketAddress& to, const QHostAddress& from) = 0;

    virtual void setReading(bool on) = 0;
    virtual void setWriting(bool on) = 0;

    [[nodiscard]] virtual bool isOpen() const = 0;
    [[nodiscard]] virtual SocketAddress local() const = 0;
    [[nodiscard]] virtual SocketAddress peer() const = 0; ///< that connectTo() was told
    [[nodiscard]] virtual FailureCode lastFailure() const = 0; ///< of the last call that failed
    [[nodiscard]] virtual QString errorText() const = 0; ///< the system's own words for it

protected:
    explicit DatagramSocket(Owner* owner)
        : m_owner(owner)
    {
    }
    [[nodiscard]] Owner& owner() const { return *m_owner; }

private:
    Owner* m_owner; ///< null for one that has none yet
};

} // namespace sockeye
