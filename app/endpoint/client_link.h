// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/channel/channel.h"
#include "app/endpoint/client_channel.h"
#include "protocol/framing/receive_buffer.h"

#include <QBasicTimer>

namespace sockeye {

/// The client's side of one established connection: sends plans piece by piece, receives, and finds the reply. Lives in
/// the client's I/O thread. Records everything that comes, before, during and after an exchange.
class ClientLink final : public ClientChannel, private Channel::Owner {
    Q_OBJECT
public:
    /// `tls`: null without.
    ClientLink(std::unique_ptr<Stream> stream, quint32 id, const ClientOptions& options,
        const std::shared_ptr<const TlsContext>& tls, Recorder& recorder, QObject* parent);

    void send(const SendPlan& plan) override;
    void halfClose() override;
    void reset() override { m_channel.reset(); }
    void closeOrderly(bool peerFirst) override;

    [[nodiscard]] quint32 id() const override { return m_id; }
    [[nodiscard]] SocketAddress peer() const override { return m_peer; }
    [[nodiscard]] bool isReady() const override { return !m_channel.stream().isSecuring(); }
    [[nodiscard]] bool leadsTo(const ClientOptions& options) const override;

    [[nodiscard]] qint64 bytesOut() const override { return m_sent; }
    [[nodiscard]] bool isSending() const override { return m_sending; }
    [[nodiscard]] qint64 replyOffset() const override { return m_reply ? m_reply->offset : m_replyFrom; }
    [[nodiscard]] const std::optional<Frame>& reply() const override { return m_reply; }
    [[nodiscard]] QByteArray replyBytes() const override;
    [[nodiscard]] qint64 replySize() const override { return m_reply ? m_reply->size : m_received - m_replyFrom; }
    bool takeAsReply() override;
    void endExchange() override;
    [[nodiscard]] std::optional<Error> framingError() const override { return m_framing->error(); }
    [[nodiscard]] bool speaksTls() const override { return m_speaksTls; }
    [[nodiscard]] Failure failure(const QString& subject) const override;

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    [[nodiscard]] std::span<char> room() override;
    void received(QByteArrayView bytes) override;
    void drained() override;
    void peerFinished() override;
    void writable() override;
    void secured() override;
    void finished() override;
    void ended(CloseKind kind) override;

    void closeAfter(std::chrono::milliseconds patience);
    void sendPieces();
    [[nodiscard]] qint64 pieceSize() const;
    void findReply(const Frames& frames);
    void setReply(const Frame& reply);
    void discardUnneeded();
    void keepSoMuch();
    void fellSilent();

    Channel m_channel;
    SocketAddress m_peer;
    ClientOptions m_options;
    quint32 m_id;
    std::unique_ptr<Framing> m_framing;
    ReceiveBuffer m_bytes;
    qint64 m_received = 0; ///< bytes so far
    qint64 m_messageEnd = 0; ///< of the last whole message
    qint64 m_sent = 0;

    SendPlan m_plan;
    qint64 m_planSent = 0; ///< bytes of the plan
    qint64 m_pieceEnd = 0;
    qsizetype m_piece = 0; ///< index of the next piece
    bool m_sending = false;
    bool m_awaitingReply = false;
    qint64 m_replyFrom = 0; ///< stream offset where the exchange began
    std::optional<Frame> m_reply;
    QByteArray m_replyBytes; ///< of m_reply
    std::unique_ptr<char[]> m_scratch; ///< for what is not kept, from when a reply is longer than maxReply
    QBasicTimer m_pauseTimer;
    QBasicTimer m_closeTimer;
    QBasicTimer m_silenceTimer; ///< runs where silence ends messages
    bool m_halfCloseAfter = false;
    bool m_closing = false;
    bool m_speaksTls = false;
};

} // namespace sockeye
