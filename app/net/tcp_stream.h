// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/address.h"
#include "app/net/failure.h"

#include <QByteArrayView>
#include <QSocketNotifier>

#include <optional>

namespace sockeye {

/// One TCP socket, seen the way the protocol sees it: two directions that end separately.
///
/// QTcpSocket closes its descriptor as soon as the peer has sent its end of stream, so that what is still owed to a
/// peer that half-closed is lost, and it does not tell an end of stream from a reset. A workbench for sockets must show
/// both. So this is a thin layer over the descriptor: no buffers, each call is one system call, none ever waits.
/// Notifications come through QSocketNotifier, from whatever event dispatcher the thread has.
class TcpStream {
public:
    /// Who is told that there is something to do. May do anything in these calls but destroy the stream (it may close
    /// it).
    class Owner {
    public:
        virtual void readable() = 0; ///< bytes, the end of the stream, or an error: read() tells
        virtual void writable() = 0; ///< there is room again, or an attempt to connect has ended
    protected:
        ~Owner() = default;
    };

    enum class Status : quint8 {
        Ok, ///< `size` bytes came or went, at least one
        WouldBlock, ///< nothing to read, or no room, at this moment
        EndOfStream, ///< read(): the peer has sent everything
        Reset, ///< the peer threw the connection away
        Failed, ///< anything else; see lastError()
    };
    struct Transfer {
        Status status = Status::WouldBlock;
        qsizetype size = 0;
    };

    explicit TcpStream(Owner& owner)
        : m_owner(owner)
    {
    }
    ~TcpStream();
    TcpStream(const TcpStream&) = delete;
    TcpStream& operator=(const TcpStream&) = delete;

    /// Takes a waiting connection from a listening socket: a descriptor, or -1 with errno.
    [[nodiscard]] static int accept(int listening);

    void adopt(int descriptor); ///< takes over a connected socket
    /// Begins to connect: None means under way. setWriting(true), then ask connectResult() when writable() comes.
    [[nodiscard]] FailureCode connectTo(const SocketAddress& address);
    [[nodiscard]] FailureCode connectResult(); ///< of the attempt that has ended

    [[nodiscard]] Transfer read(char* data, qsizetype size);
    [[nodiscard]] Transfer write(QByteArrayView bytes);
    void shutdownWrite(); ///< sends our end of stream after what was written
    [[nodiscard]] int release(); ///< hands the descriptor over, still open; -1 if there is none
    void close(); ///< lets go of the descriptor: a FIN, or a RST where bytes were left unread
    void reset(); ///< RST, and lets go of the descriptor
    void setNoDelay(); ///< small writes go out at once

    void setReading(bool on); ///< whether readable() is wanted
    void setWriting(bool on); ///< whether writable() is wanted

    [[nodiscard]] bool isOpen() const { return m_descriptor >= 0; }
    [[nodiscard]] SocketAddress local() const;
    [[nodiscard]] SocketAddress peer() const;
    /// Whether the peer has sent its end of stream or a reset, for a socket that is not read from.
    [[nodiscard]] bool peerIsGone() const;
    [[nodiscard]] int lastError() const { return m_error; } ///< errno of the last call that failed

private:
    /// Takes the event directly: a signal per read would cost more than the read of a small message.
    class Notifier final : public QSocketNotifier {
    public:
        Notifier(qintptr descriptor, Type type, Owner& owner);
        bool event(QEvent* event) override;

    private:
        Owner& m_owner;
    };

    [[nodiscard]] Transfer failed();

    Owner& m_owner;
    int m_descriptor = -1;
    int m_error = 0;
    std::optional<Notifier> m_reader;
    std::optional<Notifier> m_writer; ///< made when it is first needed: most connections never wait for room
};

/// What an errno of a socket call is in our words.
[[nodiscard]] FailureCode fromSystemError(int error);

} // namespace sockeye
