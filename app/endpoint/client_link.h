// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/client.h"
#include "app/net/tcp_stream.h"
#include "protocol/framing/receive_buffer.h"

#include <QBasicTimer>
#include <QObject>

#include <optional>

namespace sockeye {

class Recorder;

/// The client's side of one established connection: sends plans piece by piece, receives, and finds the reply. Lives in
/// the client's I/O thread. Records everything that comes, before, during and after an exchange.
class ClientLink final : public QObject, private TcpStream::Owner {
    Q_OBJECT
public:
    ClientLink(int descriptor, quint32 id, const ClientOptions& options, Recorder& recorder, QObject* parent);
    ~ClientLink() override;

    /// Begins to send; from here on the next whole message is the reply. The plan before must be done.
    void send(const SendPlan& plan);
    void halfClose(); ///< after what is being sent
    void reset();
    /// Nothing more is sent. Waits, but not long, for the peer's end of stream, then closes; ends in over().
    /// `peerFirst`: gives the peer a moment to close before us, as a server does after a single exchange.
    void closeOrderly(bool peerFirst);

    [[nodiscard]] quint32 id() const { return m_id; }
    [[nodiscard]] SocketAddress peer() const { return m_peer; }
    [[nodiscard]] bool leadsTo(const ClientOptions& options) const; ///< and can still be used for it
    [[nodiscard]] bool hasHalfClosed() const { return m_weFinished; }

    [[nodiscard]] qint64 bytesOut() const { return m_sent; } ///< stream offset of the next byte that goes out
    [[nodiscard]] bool isSending() const { return m_sending; }
    [[nodiscard]] qint64 replyOffset() const { return m_reply ? m_reply->offset : m_replyFrom; }
    [[nodiscard]] const std::optional<Frame>& reply() const { return m_reply; } ///< once it is whole
    [[nodiscard]] QByteArray replyBytes() const; ///< the whole reply, or what came of it
    /// Takes what has come for the reply (a byte service does not say where a reply ends); false if nothing has.
    bool takeAsReply();
    void endExchange(); ///< the reply is not needed any more
    [[nodiscard]] std::optional<Error> framingError() const { return m_framing->error(); }

Q_SIGNALS:
    void progressed(); ///< bytes went out
    void sentAll();
    void halfClosed();
    void received(); ///< bytes came: see reply() and framingError()
    void peerFinished(); ///< the peer's end of stream; reply() and framingError() say what became of the reply
    void over(sockeye::CloseKind kind); ///< closed; nothing follows

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    void readable() override;
    void writable() override;
    void sendPieces();
    [[nodiscard]] qint64 pieceSize() const;
    void findReply(const Frames& frames);
    void setReply(const Frame& reply);
    void discardUnneeded();
    void end(CloseKind kind);

    Recorder& m_recorder;
    TcpStream m_stream;
    SocketAddress m_peer;
    ClientOptions m_options;
    quint32 m_id;
    std::unique_ptr<Framing> m_framing;
    ReceiveBuffer m_bytes;
    qint64 m_received = 0; ///< bytes so far
    qint64 m_messageEnd = 0; ///< of the last whole message
    qint64 m_sent = 0;
    qint64 m_drained = 0;

    SendPlan m_plan;
    qint64 m_planSent = 0; ///< bytes of the plan
    qint64 m_pieceEnd = 0;
    qsizetype m_piece = 0; ///< index of the next piece
    bool m_sending = false;
    bool m_awaitingReply = false;
    qint64 m_replyFrom = 0; ///< stream offset where the exchange began
    std::optional<Frame> m_reply;
    QByteArray m_replyBytes; ///< of m_reply
    QBasicTimer m_pauseTimer;
    QBasicTimer m_closeTimer;
    bool m_halfCloseAfter = false;
    bool m_weFinished = false;
    bool m_peerFinished = false;
    bool m_closing = false;
};

} // namespace sockeye
