// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/client.h"

#include <QObject>

#include <optional>

namespace sockeye {

/// What a client sends plans over and finds replies in: a TCP connection (ClientLink) or a UDP socket (DatagramLink).
/// Lives in the client's I/O thread. Records everything that comes, before, during and after an exchange.
class ClientChannel : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Begins to send; from here on what answers it is the reply. The plan before must be done.
    virtual void send(const SendPlan& plan) = 0;
    virtual void halfClose() = 0; ///< after what is being sent; nothing over UDP
    virtual void reset() = 0;
    /// Nothing more is sent. Waits, but not long, for the peer's end of stream, then closes; ends in over().
    /// `peerFirst`: gives the peer a moment to close before us, as a server does after a single exchange.
    virtual void closeOrderly(bool peerFirst) = 0;

    [[nodiscard]] virtual quint32 id() const = 0;
    [[nodiscard]] virtual SocketAddress peer() const = 0;
    [[nodiscard]] virtual bool isReady() const { return true; } ///< may send(); else ready() or over() comes
    [[nodiscard]] virtual bool leadsTo(const ClientOptions& options) const = 0; ///< and can still be used for it

    [[nodiscard]] virtual qint64 bytesOut() const = 0; ///< stream offset of the next byte that goes out
    [[nodiscard]] virtual bool isSending() const = 0;
    [[nodiscard]] virtual qint64 replyOffset() const = 0;
    [[nodiscard]] virtual const std::optional<Frame>& reply() const = 0; ///< once it is whole
    /// What is kept of one reply at most, in bytes; the recording has all of it.
    static constexpr qsizetype maxReply = 64 * 1024 * 1024;
    [[nodiscard]] virtual QByteArray replyBytes() const = 0; ///< the whole reply, or what came of it and is kept
    [[nodiscard]] virtual qint64 replySize() const = 0; ///< of it, also of what is not kept
    /// Takes what has come for the reply (a byte service does not say where a reply ends); false if nothing has.
    virtual bool takeAsReply() = 0;
    virtual void endExchange() = 0; ///< the reply is not needed any more
    [[nodiscard]] virtual std::optional<Error> framingError() const = 0;
    /// The server answered us, who do not speak TLS, with an alert of TLS.
    [[nodiscard]] virtual bool speaksTls() const { return false; }
    /// Why it is over, if it failed; `subject` is the peer.
    [[nodiscard]] virtual Failure failure(const QString& subject) const = 0;

Q_SIGNALS:
    void ready(); ///< the TLS handshake is done
    void progressed(); ///< bytes went out
    void sentAll();
    void halfClosed();
    void received(); ///< bytes came: see reply() and framingError()
    void peerFinished(); ///< the peer's end of stream; reply() and framingError() say what became of the reply
    void over(sockeye::CloseKind kind); ///< closed; nothing follows
};

} // namespace sockeye
