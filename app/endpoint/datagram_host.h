// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/channel/recorder.h"
#include "app/endpoint/datagram_ends.h"
#include "app/endpoint/server.h"
#include "app/net/datagram_socket.h"

#include <QBasicTimer>
#include <QObject>

#include <atomic>
#include <chrono>
#include <deque>
#include <list>
#include <memory>
#include <unordered_map>
#include <vector>

namespace sockeye {

/// A server over UDP, from its start to its stop: in one I/O thread, with one socket for each address of its name. UDP
/// knows no connections; what a peer (an address with a port) sends and gets is one conversation of the capture, from
/// its first datagram until it has been silent for the idle time-out, or the service is done with it.
///
/// What it holds is bounded: ServerOptions::maxConnections peers, some answers of each that come later, and one answer
/// that the kernel had no room for; until it has, nothing is read.
class DatagramHost final : public QObject, private DatagramSocket::Owner {
    Q_OBJECT
public:
    using Clock = std::chrono::steady_clock;
    static constexpr int datagramsPerTurn = 64; ///< then others of this thread have theirs
    /// Datagrams of one peer that wait for an answer that comes later; what comes beyond is thrown away.
    static constexpr std::size_t maxPending = 64;

    DatagramHost(const ServerOptions& options, std::shared_ptr<const Service> service,
        const std::shared_ptr<Recording>& recording, std::shared_ptr<std::atomic<quint32>> lastId);

    // In its own thread.
    /// Listens on all of them, with one port; of several, those that this machine does not have are left out. Ends in
    /// listening(), with the first that there is, or failed().
    void begin(const QList<QHostAddress>& addresses);
    void end(); ///< lets all peers go; ends in ended()
    void forget(quint32 connection); ///< the peer counts as gone; unknown ids are ignored

    /// Datagrams answered. From any thread.
    [[nodiscard]] qint64 exchanges() const { return m_exchanges.load(std::memory_order_relaxed); }

Q_SIGNALS:
    void listening(const sockeye::SocketAddress& address);
    void failed(const sockeye::Failure& failure);
    void ended();

protected:
    bool event(QEvent* event) override;
    void timerEvent(QTimerEvent* event) override;

private:
    struct Peer {
        quint32 id = 0;
        DatagramEnds ends;
        std::unique_ptr<Session> session;
        qint64 received = 0; ///< bytes so far
        Clock::time_point lastActivity;
        std::deque<std::shared_ptr<PendingAnswer>> pending; ///< in the order of the datagrams
        bool toldFull = false; ///< since there was room for one more of them
    };
    using Peers = std::list<Peer>;

    void readable() override;
    void writable() override;
    void readFrom(DatagramSocket& socket);
    [[nodiscard]] Peers::iterator peerAt(const DatagramEnds& ends); ///< end(): there is no room for one more
    void answer(Peers::iterator peer, QByteArrayView datagram);
    [[nodiscard]] bool canAnswer(Peer& peer);
    void waitFor(Peer& peer, const std::shared_ptr<PendingAnswer>& answer);
    void answerIsThere(quint32 id);
    void sendAnswers();
    void sendReply(Peers::iterator peer, bool isLast);
    void letGo(Peers::iterator peer);
    void armTimer();

    ServerOptions m_options;
    std::shared_ptr<const Service> m_service;
    Recorder m_recorder;
    std::shared_ptr<std::atomic<quint32>> m_lastId; ///< of the endpoint: ids go on across restarts
    DatagramSockets m_sockets; ///< made in the I/O thread
    std::unique_ptr<char[]> m_scratch;
    QByteArray m_reply; ///< to the datagram that was read last
    Peers m_peers; ///< by last activity, the latest at the end
    std::unordered_map<DatagramEnds, Peers::iterator, DatagramEndsHash> m_byEnds;
    std::unordered_map<quint32, Peers::iterator> m_byId;
    std::vector<quint32> m_answered; ///< peers whose pending answers are there
    Peers::iterator m_waiting; ///< whose answer, m_reply, the kernel had no room for; end(): nobody's
    bool m_waitingIsLast = false;
    bool m_toldFull = false; ///< since there was room last
    QBasicTimer m_timer;
    std::atomic<qint64> m_exchanges = 0;
};

} // namespace sockeye
