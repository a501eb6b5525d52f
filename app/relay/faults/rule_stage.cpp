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
    , m_protocol(spokenOver(protocol, facts.transport, senderOf(facts, direction)))
    , m_answering(spokenOver(
          protocol, facts.transport, senderOf(facts, direction) == Sender::Client ? Sender::Server : Sender::Client))
    , m_isDatagrams(facts.transport == Transport::Udp)
    , m_sender(senderOf(facts, direction))
    , m_direction(direction)
    , m_struck((static_cast<quint64>(connection) << 33U) + (static_cast<quint64>(direction) << 32U))
{
}

qint64 RuleStage::sizeOf(const Held& held)
{
    const auto sizeOfMade = [](const std::optional<QByteArray>& bytes) { return bytes ? bytes->size() : 0; };
    return held.piece.bytes.size() + sizeOfMade(held.verdict.reply) + sizeOfMade(held.verdict.replace);
}

void RuleStage::piece(FaultPiece piece, FaultTime now, FaultExit& out)
{
    Held held;
    held.piece = std::move(piece);
    m_unjudged.push_back(std::move(held));
    work(now, out);
}

void RuleStage::judge(Held& held, FaultTime now)
{
    held.due = now;
    if (held.isEnd) {
        return;
    }
    const FaultPiece& piece = held.piece;
    std::optional<Frame> frame;
    if (m_isDatagrams) {
        frame = Frame { 0, piece.bytes.size(), 0, nullptr };
    } else {
        frame = m_protocol->frameOf(0, piece.bytes.size(), piece.bytes);
    }
    if (frame) {
        const EventRow& row = m_row.look(m_direction, *frame, piece.offset, piece.bytes);
        held.verdict = m_rules->rules()->decide(row, m_run, m_sender);
        strike(held);
    }
    m_owner.judged(piece.offset, piece.size, held.verdict);
    held.due = now + held.verdict.delay;
}

void RuleStage::strike(Held& held)
{
    rules::Verdict& verdict = held.verdict;
    if (verdict.fault.isEmpty()) {
        return;
    }
    const bool isAnswer = verdict.reply.has_value();
    const QString undone = strikeOnce(verdict.fault, m_struck++, isAnswer ? m_answering : m_protocol,
        m_isDatagrams ? Transport::Udp : Transport::Tcp,
        isAnswer              ? *verdict.reply
            : verdict.replace ? *verdict.replace
                              : held.piece.bytes);
    if (!undone.isEmpty()) {
        verdict.trouble = undone;
    }
}

void RuleStage::work(FaultTime now, FaultExit& out)
{
    letGoUntil(now, out);
    while (!m_unjudged.empty() && !isBlocked()) {
        Held held = std::move(m_unjudged.front());
        m_unjudged.pop_front();
        judge(held, now);
        m_heldBytes += sizeOf(held);
        m_held.push_back(std::move(held));
        letGoUntil(now, out);
    }
}

void RuleStage::letGoUntil(FaultTime now, FaultExit& out)
{
    while (!m_held.empty() && m_held.front().due <= now) {
        Held first = std::move(m_held.front());
        m_held.pop_front();
        m_heldBytes -= sizeOf(first);
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
    m_unjudged.push_back(std::move(end));
    work(now, out);
}

void RuleStage::wake(FaultTime now, FaultExit& out)
{
    work(now, out);
}

/// What was not judged passes as it came.
void RuleStage::release(FaultTime now, FaultExit& out)
{
    Q_UNUSED(now)
    letGoUntil(FaultTime::max(), out);
    for (Held& each : std::exchange(m_unjudged, {})) {
        letGo(std::move(each), out);
    }
}

std::optional<FaultTime> RuleStage::due() const
{
    if (!m_held.empty()) {
        return m_held.front().due;
    }
    if (m_unjudged.empty()) {
        return std::nullopt;
    }
    return isBlocked() ? FaultTime::max() : FaultTime(0); // it holds something, whether or not it can go on
}

} // namespace sockeye
