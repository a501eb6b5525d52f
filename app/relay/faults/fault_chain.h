// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/events/event.h"
#include "app/relay/faults/fault_plan.h"
#include "app/relay/faults/fault_stage.h"
#include "app/relay/faults/rule_stage.h"

#include <QByteArrayView>

#include <memory>
#include <vector>

namespace sockeye {

struct MessageChoice;

/// What happens on the way in one direction of one connection: the hold first, then the rules, then the faults, one
/// behind the other. Knows no sockets and no clock.
class FaultChain {
public:
    /// Who sends what comes out. May do anything in these calls but destroy the chain, or give it something.
    class Owner : public RuleOwner {
    public:
        /// With these everything up to `upTo` of what came is passed, struck or not. May be empty.
        virtual void passOn(QByteArrayView bytes, qint64 upTo) = 0;
        virtual void passEnd() = 0;
        virtual void closeAll() = 0;
        virtual void resetAll() = 0;
        virtual void struck(const PlannedFault& fault, const FaultStrike& strike) = 0;
        virtual void held(const FaultStrike& strike) = 0; ///< what became of a message that was
        virtual void answer(const QByteArray& bytes) = 0; ///< goes the other way

    protected:
        ~Owner() = default;
    };

    /// `facts`: of the connection, as its recording has them.
    FaultChain(Owner& owner, quint32 connection, Direction direction, const ConnectionFacts& facts);
    ~FaultChain();

    /// Those of `plan` that look this way, from now on. One that keeps its settings keeps its stage; one that goes lets
    /// go of what it holds.
    /// `received`: bytes that came in that direction so far.
    void set(const FaultPlanPtr& plan, qint64 received, FaultTime now);

    void bytes(QByteArrayView bytes, FaultTime now); ///< came from the peer
    void end(FaultTime now); ///< so did its end of stream
    void wake(FaultTime now); ///< at due(), or later

    void decide(const HoldDecision& decision, FaultTime now); ///< unknown ones are ignored
    void letHeldGo(FaultTime now); ///< all of them, and the hold looks at nothing any more
    /// One more message, which the peer never sent: behind those that have passed the hold, before those that have not.
    void insert(const QByteArray& message, FaultTime now);

    [[nodiscard]] std::optional<FaultTime> due() const;
    [[nodiscard]] bool isHolding() const; ///< messages
    [[nodiscard]] bool isFull() const; ///< nothing more should be given
    [[nodiscard]] bool isEmpty() const { return m_links.empty(); } ///< nothing looks this way

private:
    struct Link;
    class Exit;

    void setHold(std::vector<std::unique_ptr<Link>>& before);
    void setRules(std::vector<std::unique_ptr<Link>>& before);
    [[nodiscard]] Link* holdLink() const; ///< null: there is none
    [[nodiscard]] MessageChoice choiceOf(const filter::Filter& where) const;
    [[nodiscard]] std::unique_ptr<Link> newLink(const PlannedFault& fault) const; ///< null: it is spared
    void give(std::size_t at, FaultPiece piece, FaultTime now);
    void giveEnd(std::size_t at, FaultTime now);

    Owner& m_owner;
    FaultPlanPtr m_plan;
    std::vector<std::unique_ptr<Link>> m_links; ///< in order
    qint64 m_received = 0;
    qint64 m_pastHold = 0; ///< of those
    ConnectionFacts m_facts;
    quint32 m_connection;
    Direction m_direction;
    bool m_ended = false;
    bool m_isOver = false; ///< a fault has ended the connection
};

} // namespace sockeye
