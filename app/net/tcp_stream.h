// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/address.h"
#include "app/net/failure.h"
#include "app/net/transfer.h"

#include <QByteArrayView>
#include <QSocketNotifier>

#include <memory>
#include <optional>

namespace sockeye {

class TlsContext;
class TlsLayer;
class TlsSession;

/// One TCP socket, seen the way the protocol sees it: two directions that end separately.
///
/// QTcpSocket closes its descriptor as soon as the peer has sent its end of stream, so that what is still owed to a
/// peer that half-closed is lost, and it does not tell an end of stream from a reset. A workbench for sockets must show
/// both. So this is a thin layer over the descriptor: no buffers, each call is one system call, none ever waits.
/// Notifications come through QSocketNotifier, from whatever event dispatcher the thread has.
///
/// After startTls() the same calls mean what TLS carries: read() and write() plain bytes, shutdownWrite() a
/// close_notify (and then the end of the TCP stream), and nothing is read or written before secured().
class TcpStream {
public:
    /// Who is told that there is something to do. May do anything in these calls but destroy the stream (it may close
    /// it).
    class Owner {
    public:
        virtual void readable() = 0; ///< bytes, the end of the stream, or an error: read() tells
        virtual void writable() = 0; ///< there is room again, or an attempt to connect has ended
        virtual void secured() { } ///< the TLS handshake is done
    protected:
        ~Owner() = default;
    };

    using Status = TransferStatus;
    using Transfer = sockeye::Transfer;

    explicit TcpStream(Owner& owner);
    ~TcpStream();
    TcpStream(const TcpStream&) = delete;
    TcpStream& operator=(const TcpStream&) = delete;

    /// Takes a waiting connection from a listening socket: a descriptor, or -1 with errno.
    [[nodiscard]] static int accept(int listening);

    void adopt(int descriptor); ///< takes over a connected socket
    /// Begins to connect: None means under way. setWriting(true), then ask connectResult() when writable() comes.
    [[nodiscard]] FailureCode connectTo(const SocketAddress& address);
    [[nodiscard]] FailureCode connectResult(); ///< of the attempt that has ended

    /// Begins TLS on a connected socket, before anything is read or written. `host` is whom a client asked for. Ends in
    /// secured(), or in readable() with a read() that fails; how long that may take is the owner's to say.
    void startTls(const std::shared_ptr<const TlsContext>& context, const QString& host = {});
    [[nodiscard]] bool isSecuring() const; ///< the TLS handshake is not done
    [[nodiscard]] const TlsSession* tls() const; ///< null without TLS

    [[nodiscard]] Transfer read(char* data, qsizetype size);
    /// After WouldBlock, the same bytes have to be written again, or more of them.
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
    /// Why a transfer Failed, or was Reset; `subject` is the peer.
    [[nodiscard]] Failure failure(Status status, const QString& subject) const;

private:
    /// Takes the event directly: a signal per read would cost more than the read of a small message.
    class Notifier final : public QSocketNotifier {
    public:
        Notifier(qintptr descriptor, Type type, TcpStream& stream);
        bool event(QEvent* event) override;

    private:
        TcpStream& m_stream;
    };
    friend class TlsLayer;

    void watchReading(bool on);
    void watchWriting(bool on);
    [[nodiscard]] Transfer receive(char* data, qsizetype size);
    [[nodiscard]] Transfer send(QByteArrayView bytes);
    void closeDescriptor();

    [[nodiscard]] Transfer failed();

    Owner& m_owner;
    int m_descriptor = -1;
    int m_error = 0;
    std::optional<Notifier> m_reader;
    std::optional<Notifier> m_writer; ///< made when it is first needed: most connections never wait for room
    std::unique_ptr<TlsLayer> m_tls; ///< null without TLS
};

/// What an errno of a socket call is in our words.
[[nodiscard]] FailureCode fromSystemError(int error);

} // namespace sockeye
