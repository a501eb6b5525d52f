// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/faults/fault_chain.h"

#include "app/relay/faults/fault_ground.h"
#include "app/relay/faults/hold_stage.h"
#include "app/relay/faults/message_stage.h"

#include <algorithm>
#include <utility>

namespace sockeye {

struct FaultChain::Link {
    PlannedFault fault; ///< of hold and rules: without a kind
    std::unique_ptr<FaultStage> stage;
    // Of the hold, which is no fault; parts of `stage`.
    MessageStage* messages = nullptr;
    HoldStage* hold = nullptr;
    std::shared_ptr<const RuleSource> rules = nullptr; ///< null: these are no rules
};

/// What comes out of the stage at `at` goes to the next one.
class FaultChain::Exit final : public FaultExit {
public:
    Exit(FaultChain& chain, std::size_t at, FaultTime now)
        : m_chain(chain)
        , m_at(at)
        , m_now(now)
    {
    }
    void piece(FaultPiece piece) override
    {
        if (m_at == 0) {
            m_chain.m_pastHold = piece.end();
        }
        m_chain.give(m_at + 1, std::move(piece), m_now);
    }
    void end() override { m_chain.giveEnd(m_at + 1, m_now); }
    void close() override
    {
        if (!std::exchange(m_chain.m_isOver, true)) {
            m_chain.m_owner.closeAll();
        }
    }
    void reset() override
    {
        if (!std::exchange(m_chain.m_isOver, true)) {
            m_chain.m_owner.resetAll();
        }
    }
    void strike(const FaultStrike& strike) override
    {
        if (m_chain.m_links[m_at]->hold != nullptr) {
            m_chain.m_owner.held(strike);
        } else {
            m_chain.m_owner.struck(m_chain.m_links[m_at]->fault, strike);
        }
    }
    void answer(const QByteArray& bytes) override { m_chain.m_owner.answer(bytes); }

private:
    FaultChain& m_chain;
    std::size_t m_at;
    FaultTime m_now;
};

namespace {

bool looksThere(const PlannedFault& fault, Direction direction)
{
    const FaultStream wanted = direction == Direction::In ? FaultStream::Upstream : FaultStream::Downstream;
    return fault.settings.enabled && fault.kind->make != nullptr
        && (fault.settings.stream == FaultStream::Both || fault.settings.stream == wanted);
}

} // namespace

FaultChain::FaultChain(Owner& owner, quint32 connection, Direction direction, const ConnectionFacts& facts)
    : m_owner(owner)
    , m_facts(facts)
    , m_connection(connection)
    , m_direction(direction)
{
}

FaultChain::~FaultChain() = default;

void FaultChain::set(const FaultPlanPtr& plan, qint64 received, FaultTime now)
{
    m_received = received;
    m_plan = plan;
    const auto stays = [&](const Link& link) {
        if (link.hold != nullptr) {
            return plan->hold.settings.on;
        }
        if (link.rules) {
            return link.rules == plan->rules;
        }
        return std::ranges::any_of(plan->faults, [&](const PlannedFault& each) {
            return each.settings == link.fault.settings && looksThere(each, m_direction);
        });
    };
    // Those that go let go first, into what is still behind them.
    for (std::size_t i = 0; i < m_links.size(); ++i) {
        if (!stays(*m_links[i])) {
            Exit exit(*this, i, now);
            m_links[i]->stage->release(now, exit);
        }
    }
    std::vector<std::unique_ptr<Link>> before = std::exchange(m_links, {});
    setHold(before);
    setRules(before);
    for (const PlannedFault& each : plan->faults) {
        if (!looksThere(each, m_direction)) {
            continue;
        }
        const auto known = std::ranges::find_if(before, [&each](const std::unique_ptr<Link>& link) {
            return link && link->hold == nullptr && !link->rules && link->fault.settings == each.settings;
        });
        if (known != before.end()) {
            m_links.push_back(std::move(*known));
            continue;
        }
        if (std::unique_ptr<Link> link = newLink(each)) {
            m_links.push_back(std::move(link));
        }
    }
    for (std::size_t i = 0; i < m_links.size() && !m_isOver; ++i) {
        Exit exit(*this, i, now);
        m_links[i]->stage->begin(now, m_received > 0 || m_ended, exit);
    }
}

/// A hold that goes on keeps what it holds; its filter and its limit count for what comes from now on.
void FaultChain::setHold(std::vector<std::unique_ptr<Link>>& before)
{
    const PlannedHold& planned = m_plan->hold;
    if (!planned.settings.on) {
        return;
    }
    if (!before.empty() && before.front()->hold != nullptr) {
        m_links.push_back(std::move(before.front()));
    } else {
        auto hold = std::make_unique<HoldStage>(planned.desk, m_connection, m_direction);
        HoldStage* const itself = hold.get();
        auto messages = std::make_unique<MessageStage>(std::move(hold), choiceOf(planned.where),
            FaultRandom::of(m_plan->seed, m_connection, m_direction, QStringLiteral("hold")));
        MessageStage* const around = messages.get();
        m_links.push_back(std::make_unique<Link>(Link { {}, std::move(messages), around, itself, nullptr }));
        m_pastHold = m_received;
    }
    m_links.front()->messages->setWhere(planned.where);
    m_links.front()->hold->setLimit(planned.settings.limit);
}

/// Those of the same source go on.
void FaultChain::setRules(std::vector<std::unique_ptr<Link>>& before)
{
    if (!m_plan->rules) {
        return;
    }
    const auto known = std::ranges::find_if(
        before, [this](const std::unique_ptr<Link>& link) { return link && link->rules == m_plan->rules; });
    if (known != before.end()) {
        m_links.push_back(std::move(*known));
        return;
    }
    MessageChoice each = choiceOf({});
    auto rules = std::make_unique<RuleStage>(
        m_owner, m_plan->rules, m_connection, m_facts, m_direction, m_plan->protocol, each.limits);
    auto messages = std::make_unique<MessageStage>(std::move(rules), std::move(each), FaultRandom(0));
    m_links.push_back(std::make_unique<Link>(Link { {}, std::move(messages), nullptr, nullptr, m_plan->rules }));
}

MessageChoice FaultChain::choiceOf(const filter::Filter& where) const
{
    MessageChoice choice;
    choice.where = where;
    choice.protocol = m_plan->protocol;
    choice.facts = m_facts;
    choice.connection = m_connection;
    choice.direction = m_direction;
    return choice;
}

std::unique_ptr<FaultChain::Link> FaultChain::newLink(const PlannedFault& fault) const
{
    FaultRandom random = FaultRandom::of(m_plan->seed, m_connection, m_direction, fault.settings.name);
    const FaultGround ground { FaultRandom(random.next()),
        spokenOver(m_plan->protocol, m_facts.transport, senderOf(m_facts, m_direction)), m_facts.transport, {},
        fault.line };
    std::unique_ptr<FaultStage> stage = fault.kind->make(fault.settings.attributes, ground);
    if (fault.kind->strikesMessages || !fault.where.isEmpty()) {
        MessageChoice choice = choiceOf(fault.where);
        choice.toxicity = fault.settings.toxicity;
        stage = std::make_unique<MessageStage>(std::move(stage), std::move(choice), random);
    } else if (!random.happens(fault.settings.toxicity)) {
        return nullptr;
    }
    return std::make_unique<Link>(Link { fault, std::move(stage), nullptr, nullptr, nullptr });
}

void FaultChain::bytes(QByteArrayView bytes, FaultTime now)
{
    FaultPiece piece { bytes.toByteArray(), m_received, bytes.size() };
    m_received += bytes.size();
    give(0, std::move(piece), now);
}

void FaultChain::end(FaultTime now)
{
    m_ended = true;
    giveEnd(0, now);
}

void FaultChain::give(std::size_t at, FaultPiece piece, FaultTime now)
{
    if (m_isOver) {
        return;
    }
    if (at == m_links.size()) {
        m_owner.passOn(piece.bytes, piece.end());
        return;
    }
    Exit exit(*this, at, now);
    m_links[at]->stage->piece(std::move(piece), now, exit);
}

void FaultChain::giveEnd(std::size_t at, FaultTime now)
{
    if (m_isOver) {
        return;
    }
    if (at == m_links.size()) {
        m_owner.passEnd();
        return;
    }
    Exit exit(*this, at, now);
    m_links[at]->stage->end(now, exit);
}

void FaultChain::wake(FaultTime now)
{
    for (std::size_t i = 0; i < m_links.size() && !m_isOver; ++i) {
        if (const auto due = m_links[i]->stage->due(); due && *due <= now) {
            Exit exit(*this, i, now);
            m_links[i]->stage->wake(now, exit);
        }
    }
}

FaultChain::Link* FaultChain::holdLink() const
{
    return !m_links.empty() && m_links.front()->hold != nullptr ? m_links.front().get() : nullptr;
}

bool FaultChain::isHolding() const
{
    const Link* const link = holdLink();
    return link != nullptr && !m_isOver && link->hold->isHolding();
}

void FaultChain::decide(const HoldDecision& decision, FaultTime now)
{
    if (const Link* const link = holdLink(); link != nullptr && !m_isOver) {
        Exit exit(*this, 0, now);
        link->stage->decide(decision, now, exit);
    }
}

void FaultChain::letHeldGo(FaultTime now)
{
    if (const Link* const link = holdLink(); link != nullptr && !m_isOver) {
        Exit exit(*this, 0, now);
        link->stage->release(now, exit);
    }
}

void FaultChain::insert(const QByteArray& message, FaultTime now)
{
    if (holdLink() != nullptr) {
        give(1, { message, m_pastHold, 0 }, now);
    } else {
        give(0, { message, m_received, 0 }, now);
    }
}

std::optional<FaultTime> FaultChain::due() const
{
    std::optional<FaultTime> first;
    if (m_isOver) {
        return first;
    }
    for (const std::unique_ptr<Link>& link : m_links) {
        const auto its = link->stage->due();
        first = its && (!first || *its < *first) ? its : first;
    }
    return first;
}

bool FaultChain::isFull() const
{
    return std::ranges::any_of(m_links, [](const std::unique_ptr<Link>& link) { return link->stage->isFull(); });
}

} // namespace sockeye
