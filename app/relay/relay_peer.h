// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/connector.h"
#include "app/listening/datagram_ends.h"
#include "app/net/datagram_socket.h"
#include "app/relay/faults/fault_chain.h"
#include "app/relay/relay_legs.h"

#include <chrono>
#include <deque>
#include <memory>

namespace sockeye {

class RelayHost;

/// One peer of a relay over UDP: what it sends goes to the target from a socket of its own, and what comes back there
/// goes to it. Lives in the I/O thread of its host, which owns it.
///
/// What it holds is bounded: some datagrams before the target is found, or while the kernel has no room for them;
/// further ones are lost, as datagrams are.
class RelayPeer final : private DatagramSocket::Owner {
public:
    using Clock = std::chrono::steady_clock;
    static constexpr std::size_t mostWaiting = 64; ///< datagrams in one direction
    static constexpr int datagramsPerTurn = 64; ///< then others of this thread have theirs

    RelayPeer(RelayHost& host, quint32 id, const DatagramEnds& ends, const ConnectionFacts& facts);
    ~RelayPeer();
    RelayPeer(const RelayPeer&) = delete;
    RelayPeer& operator=(const RelayPeer&) = delete;

    void open(); ///< finds the target
    void received(QByteArrayView datagram); ///< from the peer
    void roomForAnswers(); ///< the host's socket can take more
    void setFaults(const FaultPlanPtr& plan, FaultTime now);
    void decide(const HoldDecision& decision);
    void insert(Direction direction, const QByteArray& datagram); ///< which nobody sent
    void wake(FaultTime now); ///< a fault's time has come
    [[nodiscard]] std::optional<FaultTime> due() const;

    [[nodiscard]] quint32 id() const { return m_id; }
    [[nodiscard]] const DatagramEnds& ends() const { return m_ends; }
    [[nodiscard]] Clock::time_point lastActivity() const { return m_lastActivity; }
    [[nodiscard]] bool isGone() const { return m_isGone; } ///< a fault has ended it

private:
    struct Passage final : FaultChain::Owner {
        Passage(RelayPeer& peer, quint32 id, Direction itsDirection, const ConnectionFacts& facts);
        void passOn(QByteArrayView bytes, qint64 upTo) override { m_peer.pass(*this, bytes, upTo); }
        void passEnd() override { }
        void closeAll() override { m_peer.m_isGone = true; }
        void resetAll() override { m_peer.m_isGone = true; }
        void struck(const PlannedFault& fault, const FaultStrike& strike) override;
        void held(const FaultStrike& strike) override;
        void answer(const QByteArray& bytes) override
        {
            m_peer.insert(direction == Direction::In ? Direction::Out : Direction::In, bytes);
        }
        void judged(qint64 offset, qint64 size, const rules::Verdict& verdict) override;
        void answerByRule(QByteArrayView bytes) override;

        RelayPeer& m_peer;
        FaultChain faults;
        std::deque<QByteArray> waiting;
        qint64 received = 0; ///< bytes
        Direction direction;
        bool toldLost = false; ///< since there was room last
    };

    void readable() override;
    void writable() override;
    void came(Passage& passage, QByteArrayView datagram);
    void pass(Passage& passage, QByteArrayView datagram, qint64 upTo);
    [[nodiscard]] DatagramSocket::Status send(const Passage& passage, QByteArrayView datagram);
    void flush(Passage& passage);
    void targetFound();
    void targetFailed(const Failure& failure);
    void tellLost(Passage& passage); ///< once
    void tellFailed(const Passage& passage, FailureCode code);

    RelayHost& m_host;
    quint32 m_id;
    DatagramEnds m_ends;
    Passage m_in;
    Passage m_out;
    std::unique_ptr<Connector> m_connector; ///< while the target is looked for
    std::unique_ptr<DatagramSocket> m_target; ///< null before it is found
    TargetLeg m_leg;
    Clock::time_point m_began;
    Clock::time_point m_lastActivity;
    bool m_isGone = false;
};

} // namespace sockeye
