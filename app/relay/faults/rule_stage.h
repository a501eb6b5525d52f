// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/filtering/message_row.h"
#include "app/relay/faults/fault_stage.h"
#include "protocol/rules/rule_set.h"

#include <deque>
#include <memory>

namespace sockeye {

/// Who carries messages that rules look at.
class RuleOwner {
public:
    /// The message at `offset` of what came was judged. One that met no rule has a verdict without a title.
    virtual void judged(qint64 offset, qint64 size, const rules::Verdict& verdict)
    {
        Q_UNUSED(offset)
        Q_UNUSED(size)
        Q_UNUSED(verdict)
    }
    /// These bytes go back to who sent what came, in the other side's place, past everything that looks the other way:
    /// rules never answer each other.
    virtual void answerByRule(QByteArrayView bytes) { Q_UNUSED(bytes) }
    /// So many answers wait for somebody who does not read them that no more should come; wake() follows when there is
    /// room again.
    [[nodiscard]] virtual bool answersWait() const { return false; }

protected:
    ~RuleOwner() = default;
};

/// The rules of a relay in one direction of a conversation: a stage like those of faults, before them all. Each piece
/// that it is given is a whole message (MessageStage). Messages stay in order: what is delayed holds up those behind
/// it. Answers may be far larger than what they answer: while many wait, messages wait to be judged.
class RuleStage final : public FaultStage {
public:
    static constexpr qint64 mostHeld = 4 * 1024 * 1024; ///< bytes, with answers; then nothing more is read

    RuleStage(RuleOwner& owner, std::shared_ptr<const RuleSource> rules, quint32 connection,
        const ConnectionFacts& facts, Direction direction, const ProtocolPtr& protocol, const Limits& limits);

    void piece(FaultPiece piece, FaultTime now, FaultExit& out) override;
    void end(FaultTime now, FaultExit& out) override;
    void wake(FaultTime now, FaultExit& out) override;
    void release(FaultTime now, FaultExit& out) override;
    [[nodiscard]] std::optional<FaultTime> due() const override;
    [[nodiscard]] bool isFull() const override { return !m_unjudged.empty() || isBlocked(); }

private:
    /// What waits for its time, or for something before it.
    struct Held {
        FaultPiece piece;
        rules::Verdict verdict;
        FaultTime due { 0 };
        bool isEnd = false;
    };
    [[nodiscard]] static qint64 sizeOf(const Held& held);
    [[nodiscard]] bool isBlocked() const { return m_heldBytes >= mostHeld || m_owner.answersWait(); }
    void judge(Held& held, FaultTime now);
    void strike(Held& held);
    void work(FaultTime now, FaultExit& out);
    void letGo(Held held, FaultExit& out);
    void letGoUntil(FaultTime now, FaultExit& out);

    RuleOwner& m_owner;
    std::shared_ptr<const RuleSource> m_rules;
    MessageRow m_row;
    ProtocolPtr m_protocol; ///< as this side speaks it
    ProtocolPtr m_answering; ///< as the other one does
    bool m_isDatagrams;
    Sender m_sender;
    Direction m_direction;
    filter::Run m_run;
    std::deque<Held> m_unjudged; ///< behind those that are held: of one read at most
    std::deque<Held> m_held;
    qint64 m_heldBytes = 0;
    quint64 m_struck; ///< messages; differs between conversations and directions
};

} // namespace sockeye
