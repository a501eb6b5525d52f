// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/client_channel.h"
#include "app/net/datagram_socket.h"

#include <QBasicTimer>

namespace sockeye {

class Recorder;

/// A client's UDP socket, connected to one peer, so that an ICMP refusal reaches us.
///
/// A plan is one datagram, or one for each of its pieces; none may be longer than maxDatagram. The reply is as many
/// datagrams as were sent; of the application protocol, one datagram that is a whole message.
class DatagramLink final : public ClientChannel, private DatagramSocket::Owner {
    Q_OBJECT
public:
    DatagramLink(std::unique_ptr<DatagramSocket> socket, quint32 id, const ClientOptions& options, Recorder& recorder,
        QObject* parent);
    ~DatagramLink() override;

    /// The largest datagram that the plan asks for.
    [[nodiscard]] static qint64 largestDatagram(const SendPlan& plan);

    void send(const SendPlan& plan) override;
    void halfClose() override { }
    void reset() override;
    void closeOrderly(bool peerFirst) override;

    [[nodiscard]] quint32 id() const override { return m_id; }
    [[nodiscard]] SocketAddress peer() const override { return m_peer; }
    [[nodiscard]] bool leadsTo(const ClientOptions& options) const override;
    [[nodiscard]] qint64 bytesOut() const override { return m_sent; }
    [[nodiscard]] bool isSending() const override { return m_sending; }
    [[nodiscard]] qint64 replyOffset() const override { return m_replyFrom; }
    [[nodiscard]] const std::optional<Frame>& reply() const override { return m_reply; }
    [[nodiscard]] qint64 replySize() const override { return m_bytes.size(); }
    [[nodiscard]] QByteArray replyBytes() const override { return m_bytes; }
    bool takeAsReply() override;
    void endExchange() override;
    [[nodiscard]] std::optional<Error> framingError() const override { return m_error; }
    [[nodiscard]] Failure failure(const QString& subject) const override
    {
        return m_peer.isUnix() ? makeUnixFailure(m_failure, subject) : makeDatagramFailure(m_failure, subject);
    }

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    void readable() override;
    void writable() override;
    void sendPieces();
    void tellSender(const SocketAddress& from);
    void take(QByteArrayView datagram);
    void takeMessage(QByteArrayView datagram);
    void fail();
    void endLater(CloseKind kind);

    Recorder& m_recorder;
    std::unique_ptr<DatagramSocket> m_socket;
    SocketAddress m_peer;
    ClientOptions m_options;
    quint32 m_id;
    qint64 m_received = 0; ///< bytes so far
    qint64 m_sent = 0;

    SendPlan m_plan;
    qint64 m_planSent = 0; ///< bytes of the plan
    qsizetype m_datagramsSent = 0; ///< of the plan
    bool m_sending = false;
    bool m_awaitingReply = false;
    qint64 m_replyFrom = 0; ///< offset in what came where the exchange began
    qsizetype m_datagramsReceived = 0; ///< since then
    QByteArray m_bytes; ///< of the reply so far
    std::optional<Frame> m_reply;
    std::optional<Error> m_error;
    FailureCode m_failure = FailureCode::None;
    CloseKind m_endKind = CloseKind::Orderly;
    bool m_closing = false;
    QBasicTimer m_pauseTimer;
    QBasicTimer m_endTimer;
    bool m_manyMayAnswer = false; ///< from addresses of their own
    QBasicTimer m_lingerTimer; ///< until when those who have not yet still may
    SocketAddress m_lastFrom; ///< whose answer came last
};

} // namespace sockeye
