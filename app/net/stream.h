// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/address.h"
#include "app/net/engine_capabilities.h"
#include "app/net/failure.h"
#include "app/net/socket_options.h"
#include "app/net/transfer.h"

#include <QByteArrayView>

class QThread;

namespace sockeye {

class TlsSession;

/// One TCP connection, seen the way the protocol sees it: two directions that end separately. An engine makes it; what
/// the engine cannot do or tell, its capabilities() say. No call ever waits.
///
/// It is owned by pointer and goes from one owner to the next, also to one in another thread. Whoever is its owner is
/// told, in its thread, that there is something to do.
class Stream {
public:
    /// Who is told that there is something to do. May do anything in these calls but destroy the stream (it may close
    /// it, or hand it on).
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

    virtual ~Stream() = default; ///< closes it
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;

    void setOwner(Owner& owner) { m_owner = &owner; } ///< who is told from here on
    /// Has it live in `thread` from here on. From the thread in which it lives, before anything is wished for in it.
    virtual void moveTo(QThread* thread) = 0;

    /// Begins to connect: None means under way. setWriting(true), then ask connectResult() when writable() comes. What
    /// was open before is closed.
    [[nodiscard]] virtual FailureCode connectTo(const SocketAddress& address, const SocketOptions& options) = 0;
    [[nodiscard]] virtual FailureCode connectResult() = 0; ///< of the attempt that has ended

    [[nodiscard]] virtual Transfer read(char* data, qsizetype size) = 0;
    /// After WouldBlock, the same bytes have to be written again, or more of them.
    [[nodiscard]] virtual Transfer write(QByteArrayView bytes) = 0;
    /// Sends our end of stream after what was written. Where the engine knows no half-close both directions end: what
    /// the peer still sends is lost, and read() tells the end once everything is written.
    virtual void shutdownWrite() = 0;
    virtual void close() = 0; ///< lets go of the connection: a FIN, or a RST where bytes were left unread
    virtual void reset() = 0; ///< RST, where the engine can send one, and lets go of the connection

    virtual void setReading(bool on) = 0; ///< whether readable() is wanted
    virtual void setWriting(bool on) = 0; ///< whether writable() is wanted
    /// readable() comes once more from the event loop, whether or not anything has come; once, however often it is
    /// asked for, and not if the stream is closed by then.
    virtual void callLater() = 0;

    [[nodiscard]] virtual bool isOpen() const = 0;
    [[nodiscard]] virtual SocketAddress local() const = 0;
    [[nodiscard]] virtual SocketAddress peer() const = 0;
    // For a stream that is not read from.
    [[nodiscard]] virtual bool peerIsGone() const = 0; ///< it has reset the connection, or both sides have ended
    /// It has sent its end of stream, behind bytes that may be unread. False where the engine cannot know.
    [[nodiscard]] virtual bool peerHasFinished() const { return false; }
    [[nodiscard]] virtual const EngineCapabilities& capabilities() const = 0;

    [[nodiscard]] virtual FailureCode lastFailure() const = 0; ///< of the last call that failed
    [[nodiscard]] virtual int lastError() const { return 0; } ///< its errno; 0 where the engine has none
    /// Why a transfer Failed, or was Reset; `subject` is the peer.
    [[nodiscard]] virtual Failure failure(Status status, const QString& subject) const
    {
        return makeFailure(status == Status::Reset ? FailureCode::Reset : lastFailure(), subject);
    }

    [[nodiscard]] virtual bool isSecuring() const { return false; } ///< the TLS handshake is not done
    [[nodiscard]] virtual const TlsSession* tls() const { return nullptr; } ///< null without TLS

protected:
    explicit Stream(Owner* owner)
        : m_owner(owner)
    {
    }
    [[nodiscard]] Owner& owner() const { return *m_owner; }

private:
    Owner* m_owner; ///< null for one that was accepted and has none yet
};

} // namespace sockeye
