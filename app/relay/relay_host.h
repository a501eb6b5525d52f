// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/channel/recorder.h"
#include "app/endpoint/datagram_ends.h"
#include "app/relay/relay_options.h"
#include "app/relay/relay_peer.h"

#include <QBasicTimer>
#include <QObject>

#include <atomic>
#include <memory>
#include <unordered_map>

namespace sockeye {

/// A relay over UDP, from its start to its stop, in one I/O thread: the sockets that it listens on, and its peers. What
/// a peer (an address with a port) sends and gets is one conversation, from its first datagram until both sides were
/// silent for the idle time-out.
class RelayHost final : public QObject, private DatagramSocket::Owner {
    Q_OBJECT
public:
    RelayHost(const RelayOptions& options, FaultPlanPtr plan, const std::shared_ptr<Recording>& recording,
        std::shared_ptr<std::atomic<quint32>> lastId, std::shared_ptr<RelayLegs> legs);
    ~RelayHost() override;

    // In its own thread.
    void begin(const QList<QHostAddress>& addresses); ///< ends in listening() or failed()
    void end(); ///< lets all peers go; ends in ended()
    void forget(quint32 connection); ///< unknown ids are ignored
    void setFaults(const FaultPlanPtr& plan);

    // For its peers.
    [[nodiscard]] const RelayOptions& options() const { return m_options; }
    [[nodiscard]] Recorder& recorder() { return m_recorder; }
    [[nodiscard]] RelayLegs& legs() { return *m_legs; }
    [[nodiscard]] std::span<char> scratch() { return { m_scratch.get(), scratchSize }; }
    [[nodiscard]] const DatagramSockets& sockets() const { return m_sockets; }
    /// WouldBlock: roomForAnswers() follows.
    [[nodiscard]] DatagramSocket::Status answer(const DatagramEnds& to, QByteArrayView datagram);
    void wakeAt(std::optional<FaultTime> due);
    void countAnswer() { m_answers.fetch_add(1, std::memory_order_relaxed); }
    [[nodiscard]] static FaultTime now();

    /// Answers that were passed back. From any thread.
    [[nodiscard]] qint64 answers() const { return m_answers.load(std::memory_order_relaxed); }

Q_SIGNALS:
    void listening(const sockeye::SocketAddress& address);
    void failed(const sockeye::Failure& failure);
    void ended();

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    static constexpr std::size_t scratchSize = 65'536; ///< more than any datagram

    void readable() override;
    void writable() override;
    void readFrom(DatagramSocket& socket);
    [[nodiscard]] RelayPeer* peerAt(const DatagramEnds& ends); ///< null: there is no room for one more
    void letGo(quint32 id);
    void letGoneGo();
    void wakePeers();
    void expire();

    RelayOptions m_options;
    FaultPlanPtr m_plan;
    Recorder m_recorder;
    std::shared_ptr<std::atomic<quint32>> m_lastId;
    std::shared_ptr<RelayLegs> m_legs;
    std::unique_ptr<char[]> m_scratch;
    DatagramSockets m_sockets;
    std::unordered_map<quint32, std::unique_ptr<RelayPeer>> m_peers;
    std::unordered_map<DatagramEnds, RelayPeer*, DatagramEndsHash> m_byEnds;
    QBasicTimer m_idleTimer;
    QBasicTimer m_wakeTimer;
    std::optional<FaultTime> m_wakeDue;
    bool m_toldFull = false; ///< since there was room last
    std::atomic<qint64> m_answers = 0;
};

} // namespace sockeye
