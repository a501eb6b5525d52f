// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/channel/channel.h"
#include "app/endpoint/connector.h"
#include "app/load/datagram_question.h"
#include "app/load/load_plan.h"
#include "app/load/load_slice.h"
#include "app/tls/tls_context.h"
#include "protocol/framing/framing.h"

#include <QBasicTimer>
#include <QObject>

#include <array>
#include <memory>
#include <optional>
#include <vector>

namespace sockeye {

/// What is found out before a load begins.
struct LoadFindings {
    SocketAddress peer; ///< the server's, or the proxy's
    std::shared_ptr<const TlsContext> tls; ///< null: none
    std::optional<TlsFacts> tlsFacts; ///< of the first handshake
    std::vector<QByteArray> replies; ///< the right one of each request of the mix
    bool serverCloses = false; ///< its side, after a reply
};

/// Asks each request of a plan once, one after the other, before the load begins: finds the server's address, whether
/// it closes after its reply, and what the right replies are, byte for byte. What the wire protocol says of a reply is
/// compared by meaning here, since the order that a header claims and the order of its keys are the server's own.
class LoadProbe final : public QObject, private Channel::Owner {
    Q_OBJECT
public:
    explicit LoadProbe(const LoadPlan& plan);

    // In its I/O thread.
    void start(); ///< ends in succeeded() or failed()
    void stop(); ///< says nothing any more

Q_SIGNALS:
    void succeeded(const sockeye::LoadFindings& findings);
    /// `error` as it counts, and the reply where a wrong one came.
    void failed(sockeye::LoadError error, const sockeye::Failure& failure,
        const std::shared_ptr<const sockeye::WrongReply>& wrong);

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    [[nodiscard]] std::span<char> room() override { return m_scratch; }
    void secured() override;
    void received(QByteArrayView bytes) override;
    void peerFinished() override;
    void writable() override { sendRest(); }
    void lost(TransferStatus status) override;
    void ended(CloseKind kind) override { Q_UNUSED(kind) }
    void askNext();
    void hangUp();
    void hasConnected();
    void talk();
    void notAnswered(FailureCode code);
    void takeFrames(QByteArrayView bytes);
    void sendRest();
    void replied(qsizetype size, const Frame* frame);
    [[nodiscard]] bool isGolden(const Frame* frame) const;
    void replyIsOver();
    void fail(LoadError error, const QString& detail = {});
    void failWith(LoadError error, const Failure& failure);
    [[nodiscard]] QString serverName() const;
    [[nodiscard]] const LoadRequest& request() const;

    LoadPlan m_plan;
    LoadFindings m_findings;
    Connector m_connector;
    Recorder m_unrecorded;
    DatagramQuestion m_question; ///< over UDP
    std::optional<Channel> m_channel; ///< of the present request, over TCP
    std::array<char, 16 * 1024> m_scratch {};
    std::unique_ptr<Framing> m_framing;
    QByteArray m_received;
    qsizetype m_sent = 0;
    bool m_whole = false; ///< the reply is, and only the end of the stream is waited for
    QBasicTimer m_timer;
    QBasicTimer m_nextTimer; ///< from the event loop
};

} // namespace sockeye

Q_DECLARE_METATYPE(sockeye::LoadFindings)
