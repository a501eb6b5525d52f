// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/listening/peer_host.h"
#include "app/relay/fault_timer.h"
#include "app/relay/relay_options.h"
#include "app/relay/relay_peer.h"

#include <QBasicTimer>

#include <memory>
#include <unordered_map>

namespace sockeye {

/// A relay over UDP: each of its peers has a socket of its own towards the target. What goes between them is one
/// conversation, until both sides were silent for the idle time-out.
class RelayHost final : public PeerHost {
    Q_OBJECT
public:
    RelayHost(const RelayOptions& options, FaultPlanPtr plan, const std::shared_ptr<Recording>& recording,
        std::shared_ptr<std::atomic<quint32>> lastId, std::shared_ptr<RelayLegs> legs);
    ~RelayHost() override;

    // In its own thread.
    void forget(quint32 connection) override;
    void setFaults(const FaultPlanPtr& plan);
    void decide(const HoldDecision& decision);
    void insert(quint32 connection, Direction direction, const QByteArray& message);

    // For its peers.
    [[nodiscard]] const RelayOptions& options() const { return m_options; }
    [[nodiscard]] RelayLegs& legs() { return *m_legs; }
    /// WouldBlock: roomForAnswers() follows.
    [[nodiscard]] DatagramSocket::Status answer(const DatagramEnds& to, QByteArrayView datagram);
    void wakeAt(std::optional<FaultTime> due) { m_wakeTimer.wakeAt(due, this); }

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    void received(const DatagramEnds& ends, QByteArrayView datagram) override;
    void letAllGo() override;
    void writable() override;
    [[nodiscard]] RelayPeer* peerAt(const DatagramEnds& ends); ///< null: there is no room for one more
    void letGo(quint32 id);
    void letGoneGo();
    void wakePeers();
    void expire();

    RelayOptions m_options;
    FaultPlanPtr m_plan;
    std::shared_ptr<RelayLegs> m_legs;
    std::unordered_map<quint32, std::unique_ptr<RelayPeer>> m_peers;
    std::unordered_map<DatagramEnds, RelayPeer*, DatagramEndsHash> m_byEnds;
    QBasicTimer m_idleTimer;
    FaultTimer m_wakeTimer;
};

} // namespace sockeye
