// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/channel/channel.h"
#include "app/endpoint/connector.h"
#include "app/relay/faults/fault_chain.h"
#include "app/relay/relay_legs.h"

#include <array>
#include <chrono>
#include <memory>

namespace sockeye {

class RelayGroup;

/// One conversation: a client, the target, and what is on its way between them. Lives in the I/O thread of its group,
/// which owns it.
///
/// What one side sends is written to the other at once, out of the memory it was read into; only what the other has no
/// room for is kept, and nothing more is read meanwhile. Where nobody looks at the bytes, and there are many, they do
/// not come into memory at all (Passer). Each direction ends by itself, and a reset goes through to the
/// other side.
class RelayLink final {
public:
    using Clock = std::chrono::steady_clock;

    RelayLink(RelayGroup& group, std::unique_ptr<Stream> client, quint32 id);
    ~RelayLink();
    RelayLink(const RelayLink&) = delete;
    RelayLink& operator=(const RelayLink&) = delete;

    void open(); ///< reads, and connects to the target
    void turnAway(); ///< instead of open(): one client too many

    void finish(); ///< closes both sides once what is on its way has arrived
    void closeOrderly(); ///< both sides, with their ends of stream
    void closeNow();
    void reset();

    void setFaults(const FaultPlanPtr& plan, FaultTime now);
    void decide(const HoldDecision& decision);
    void insert(Direction direction, const QByteArray& message); ///< which nobody sent
    void goDown(const PlannedFault& fault); ///< closed by that fault
    void wake(FaultTime now); ///< a fault's time has come
    [[nodiscard]] std::optional<FaultTime> due() const; ///< of its faults
    /// Looks after sides that are not read from, and after those that should be gone by now.
    void check();

    [[nodiscard]] quint32 id() const { return m_id; }
    [[nodiscard]] bool isOver() const { return m_isOver; }
    [[nodiscard]] bool isHolding() const; ///< messages, until it is deleted

private:
    /// One of the two sides.
    struct Side final : Channel::Owner {
        Side(RelayLink& link, Recorder& recorder, quint32 id, Leg leg);
        void awake() override;
        void secured() override { m_link.ready(*this); }
        [[nodiscard]] Channel::Shortcut shortcut() override { return m_link.shortcut(*this); }
        void passed(qsizetype sent, QByteArrayView left) override { m_link.passed(*this, sent, left); }
        [[nodiscard]] std::span<char> room() override;
        void received(QByteArrayView bytes) override { m_link.received(*this, bytes); }
        void peerFinished() override { m_link.peerFinished(*this); }
        void writable() override { m_link.writable(*this); }
        void lost(TransferStatus status) override { m_link.lost(*this, status); }
        void ended(CloseKind kind) override { m_link.ended(*this, kind); }

        RelayLink& m_link;
        Channel channel;
        Leg leg;
        bool isReady = false; ///< bytes can be written
        bool isOver = false; ///< or never was
    };

    /// One of the two directions.
    struct Passage final : FaultChain::Owner {
        Passage(RelayLink& link, Side& from, Side& to, Direction direction);
        void passOn(QByteArrayView bytes, qint64 end) override { m_link.send(*this, bytes, end); }
        void passEnd() override { m_link.sendEnd(*this); }
        void closeAll() override { m_link.closeFromFault(); }
        void resetAll() override { m_link.reset(); }
        void struck(const PlannedFault& fault, const FaultStrike& strike) override
        {
            m_link.struck(*this, fault, strike);
        }
        void held(const FaultStrike& strike) override { m_link.tellHeld(*this, strike); }
        void answer(const QByteArray& bytes) override
        {
            m_link.insert(direction == Direction::In ? Direction::Out : Direction::In, bytes);
        }
        void judged(qint64 offset, qint64 size, const rules::Verdict& verdict) override;
        void answerByRule(QByteArrayView bytes) override { m_link.answerByRule(*this, bytes); }
        [[nodiscard]] bool answersWait() const override;

        RelayLink& m_link;
        Side& from;
        Side& to;
        UnsentBytes waiting; ///< `to` has no room for
        std::unique_ptr<FaultChain> faults; ///< null: there never were any
        qint64 received = 0; ///< bytes
        qint64 upTo = 0; ///< bytes of those that have left the faults
        Direction direction;
        bool isEnded = false; ///< no more bytes leave the faults
        bool isBroken = false; ///< `to` takes nothing more
        bool carriesMuch = false; ///< as its last read says
        bool toldEnd = false; ///< to `to`
        bool toldPassed = true; ///< up to upTo
        bool resetsBehind = false; ///< once nothing is held any more: `from` was reset
    };

    void ready(Side& side);
    [[nodiscard]] Channel::Shortcut shortcut(const Side& from);
    void passed(const Side& from, qsizetype sent, QByteArrayView left);
    void received(Side& from, QByteArrayView bytes);
    void peerFinished(Side& from);
    void writable(Side& to);
    void lost(Side& side, TransferStatus status);
    void ended(Side& side, CloseKind kind);

    [[nodiscard]] bool connectsNow(); ///< a fault may have another idea
    void connectToTarget();
    void targetConnected();
    void targetFailed(const Failure& failure, bool resets);
    void checkHandshake(); ///< of TLS with the target, which may hang
    void tellLost(Side& side, const Failure& failure, bool isHandshake);
    void send(Passage& passage, QByteArrayView bytes, qint64 upTo);
    void sendEnd(Passage& passage);
    void finish(Passage& passage);
    void flush(Passage& passage);
    void closeIfDone(Side& side);
    void closeFromFault();
    void struck(const Passage& passage, const PlannedFault& fault, const FaultStrike& strike);
    void tellHeld(const Passage& passage, const FaultStrike& strike);
    void afterFaults(Passage& passage);
    void answerByRule(Passage& passage, QByteArrayView bytes);
    void goOnAnswering(Passage& passage);
    void updateReading(Passage& passage);
    [[nodiscard]] static bool hasReset(const Channel& channel); ///< behind what is not read yet
    [[nodiscard]] static bool takesMore(const Passage& passage); ///< its source may be read from
    void tellPassed(Passage& passage);
    void settle();
    [[nodiscard]] Passage& passageFrom(const Side& side);
    [[nodiscard]] Passage& passageTo(const Side& side);
    [[nodiscard]] bool isUnderWay() const; ///< something has not arrived yet

    RelayGroup& m_group;
    quint32 m_id;
    Side m_client;
    Side m_target;
    Passage m_in;
    Passage m_out;
    std::unique_ptr<Connector> m_connector; ///< while the target is being connected to
    TargetLeg m_leg;
    ConnectionFacts m_facts; ///< of the client, for filters of faults
    Clock::time_point m_began;
    std::optional<Clock::time_point> m_closeBy; ///< then it is closed at once
    std::optional<FaultTime> m_connectAt; ///< of a fault that delays connecting
    CloseKind m_closeKind = CloseKind::Orderly;
    bool m_isBlackhole = false; ///< by a fault the target is never there
    bool m_finishes = false;
    bool m_isOver = false;
    bool m_overLimit = false;
    bool m_toldSilence = false; ///< of a target in its TLS handshake
    friend class RelayGroup;
};

} // namespace sockeye
