// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/faults/rule_stage.h"

#include "app/relay/faults/rule_fault.h"
#include "protocol/protocols/registry.h"

#include <algorithm>
#include <utility>

namespace sockeye {

RuleStage::RuleStage(RuleOwner& owner, std::shared_ptr<const RuleSource> rules, quint32 connection,
    const ConnectionFacts& facts, Direction direction, const ProtocolPtr& protocol, const Limits& limits)
    : m_owner(owner)
    , m_rules(std::move(rules))
    , m_row(connection, facts, protocol, limits)
    , m_protocol(spokenBy(
          facts.transport == Transport::Udp ? protocolForDatagrams(protocol) : protocol, senderOf(facts, direction)))
    , m_isDatagrams(facts.transport == Transport::Udp)
    , m_sender(senderOf(facts, direction))
    , m_direction(direction)
    , m_struck((static_cast<quint64>(connection) << 33U) + (static_cast<quint64>(direction) << 32U))
{
}

void RuleStage::piece(FaultPiece piece, FaultTime now, FaultExit& out)
{
    Held held;
    std::optional<Frame> frame;
    if (m_isDatagrams) {
        frame = Frame { 0, piece.bytes.size(), 0, nullptr };
    } else {
        frame = m_protocol->frameOf(0, piece.bytes.size(), piece.bytes);
    }
    if (frame) {
        const EventRow& row = m_row.look(m_direction, *frame, piece.offset, piece.bytes);
        held.verdict = m_rules->rules()->decide(row, m_run, m_sender);
    }
    m_owner.judged(piece.offset, piece.size, held.verdict);
    held.due = now + held.verdict.delay;
    held.piece = std::move(piece);
    m_heldBytes += held.piece.bytes.size();
    m_held.push_back(std::move(held));
    letGoUntil(now, out);
}

void RuleStage::letGoUntil(FaultTime now, FaultExit& out)
{
    while (!m_held.empty() && m_held.front().due <= now) {
        Held first = std::move(m_held.front());
        m_held.pop_front();
        m_heldBytes -= first.piece.bytes.size();
        letGo(std::move(first), out);
    }
}

void RuleStage::letGo(Held held, FaultExit& out)
{
    if (held.isEnd) {
        out.end();
        return;
    }
    rules::Verdict& verdict = held.verdict;
    const bool isAnswered = verdict.reply.has_value();
    if (verdict.replace) {
        held.piece.bytes = *std::move(verdict.replace);
    }
    if (!verdict.fault.isEmpty()) {
        strikeOnce(verdict.fault, m_struck++, isAnswered ? *verdict.reply : held.piece.bytes);
    }
    if (isAnswered) {
        m_owner.answerByRule(*verdict.reply);
    }
    if (isAnswered || verdict.drop || (m_isDatagrams && held.piece.bytes.isEmpty() && held.piece.size > 0)) {
        held.piece.bytes.clear();
        if (!m_isDatagrams) {
            out.piece(std::move(held.piece)); // it counts as passed
        }
    } else {
        out.piece(std::move(held.piece));
    }
    if (verdict.after == After::Reset) {
        out.reset();
    } else if (verdict.after == After::Close) {
        out.close();
    }
}

void RuleStage::end(FaultTime now, FaultExit& out)
{
    Held end;
    end.isEnd = true;
    end.due = now;
    m_held.push_back(std::move(end));
    letGoUntil(now, out);
}

void RuleStage::wake(FaultTime now, FaultExit& out)
{
    letGoUntil(now, out);
}

void RuleStage::release(FaultTime now, FaultExit& out)
{
    Q_UNUSED(now)
    letGoUntil(FaultTime::max(), out);
}

std::optional<FaultTime> RuleStage::due() const
{
    return m_held.empty() ? std::nullopt : std::optional(m_held.front().due);
}

} // namespace sockeye
