// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/by_hand/sent_report.h"
#include "app/endpoint/server.h"
#include "app/listening/peer_host.h"
#include "app/rules/message_host.h"

#include <QBasicTimer>

#include <deque>
#include <list>
#include <memory>
#include <unordered_map>
#include <vector>

namespace sockeye {

/// A server over UDP. A peer counts as gone when it has been silent for the idle time-out, or the service is done with
/// it.
///
/// What it holds is bounded: ServerOptions::maxConnections peers, some answers of each that come later, and one answer
/// that the kernel had no room for; until it has, nothing is read.
class DatagramHost final : public PeerHost {
    Q_OBJECT
public:
    /// Datagrams of one peer that wait for an answer that comes later; what comes beyond is thrown away.
    static constexpr std::size_t maxPending = 64;

    DatagramHost(const ServerOptions& options, std::shared_ptr<const Service> service,
        const std::shared_ptr<Recording>& recording, std::shared_ptr<std::atomic<quint32>> lastId);

    void forget(quint32 connection) override;
    void sendByHand(const HandSending& sending); ///< as one datagram; ends in sentByHand()

Q_SIGNALS:
    void sentByHand(quint64 number, const sockeye::SentReport& report);

protected:
    bool event(QEvent* event) override;
    void timerEvent(QTimerEvent* event) override;

private:
    struct Peer {
        quint32 id = 0;
        DatagramEnds ends;
        std::unique_ptr<MessageHost> host; ///< of the session; null where it wants none
        std::unique_ptr<Session> session;
        qint64 received = 0; ///< bytes so far
        Clock::time_point lastActivity;
        std::deque<std::shared_ptr<PendingAnswer>> pending; ///< in the order of the datagrams
        bool toldFull = false; ///< since there was room for one more of them
    };
    using Peers = std::list<Peer>;

    void received(const DatagramEnds& ends, QByteArrayView datagram) override;
    [[nodiscard]] bool takesMore() const override { return m_waiting == m_peers.end(); }
    void letAllGo() override;
    void writable() override;
    [[nodiscard]] Peers::iterator peerAt(const DatagramEnds& ends); ///< end(): there is no room for one more
    void answer(Peers::iterator peer, QByteArrayView datagram);
    [[nodiscard]] bool canAnswer(Peer& peer);
    void waitFor(Peer& peer, const std::shared_ptr<PendingAnswer>& answer);
    void answerIsThere(quint32 id);
    void sendAnswers();
    void sendReply(Peers::iterator peer, bool isLast);
    [[nodiscard]] std::optional<NotSent> sendByHand(const Peer& peer, QByteArrayView datagram);
    [[nodiscard]] DatagramSocket::Status write(const Peer& peer, QByteArrayView datagram);
    void touch(Peers::iterator peer);
    void letGo(Peers::iterator peer);
    void armTimer();

    ServerOptions m_options;
    std::shared_ptr<const Service> m_service;
    QByteArray m_reply; ///< to the datagram that was read last
    Peers m_peers; ///< by last activity, the latest at the end
    std::unordered_map<DatagramEnds, Peers::iterator, DatagramEndsHash> m_byEnds;
    std::unordered_map<quint32, Peers::iterator> m_byId;
    std::vector<quint32> m_answered; ///< peers whose pending answers are there
    Peers::iterator m_waiting; ///< whose answer, m_reply, the kernel had no room for; end(): nobody's
    bool m_waitingIsLast = false;
    QBasicTimer m_timer;
};

} // namespace sockeye
