// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/relay.h"

#include "app/relay/relay_run.h"

#include <QRandomGenerator>

namespace sockeye {

namespace {

constexpr int seedShift = 12; ///< what is left is a whole number in every reader of JSON

} // namespace

Relay::Relay(IoThreads& threads, const std::shared_ptr<Recording>& recording, QObject* parent)
    : ListeningEndpoint(threads, recording, parent)
    , m_legs(std::make_shared<RelayLegs>())
    , m_desk(std::make_shared<HoldDesk>())
    , m_plan(std::make_shared<const FaultPlan>())
{
}

Relay::~Relay() = default;

void Relay::start(const RelayOptions& options)
{
    beginAnew();
    m_options = options;
    FaultPlan plan;
    plan.seed = options.seed.value_or(QRandomGenerator::system()->generate64() >> seedShift);
    plan.transport = options.transport;
    plan.protocol = options.protocol;
    plan.hold.desk = m_desk;
    plan.rules = options.rules;
    if (const QString wrong = plan.take(options.faults, {}); !wrong.isEmpty()) {
        fail(makeFailure(FailureCode::Other, tr("The list of faults"), wrong));
        return;
    }
    if (const QString wrong = plan.take(options.hold); !wrong.isEmpty()) {
        fail(makeFailure(FailureCode::Other, tr("What is held"), wrong));
        return;
    }
    m_plan = std::make_shared<const FaultPlan>(std::move(plan));
    listen(m_options);
}

std::unique_ptr<EndpointRun> Relay::newRun()
{
    const auto& ids = m_options.connectionIds ? m_options.connectionIds : lastId();
    return std::make_unique<RelayRun>(threads(), m_options, m_plan, recording(), ids, m_legs);
}

QString Relay::setFaults(const FaultList& faults)
{
    FaultPlan plan = m_plan->emptied();
    if (QString wrong = plan.take(faults, *m_plan); !wrong.isEmpty()) {
        return wrong;
    }
    bringIntoForce(std::move(plan));
    m_options.faults = m_plan->settings;
    Q_EMIT faultsChanged();
    return {};
}

FaultList Relay::goneFaults() const
{
    FaultList faults;
    for (const GoneFault& each : m_plan->gone) {
        faults.append(each.settings);
    }
    return faults;
}

QString Relay::setHold(const HoldSettings& hold)
{
    FaultPlan plan = *m_plan;
    if (QString wrong = plan.take(hold); !wrong.isEmpty()) {
        return wrong;
    }
    bringIntoForce(std::move(plan));
    m_options.hold = hold;
    return {};
}

void Relay::setRules(const std::shared_ptr<const RuleSource>& rules)
{
    if (m_plan->rules != rules) {
        FaultPlan plan = *m_plan;
        plan.rules = rules;
        bringIntoForce(std::move(plan));
    }
    m_options.rules = rules;
}

void Relay::bringIntoForce(FaultPlan plan)
{
    m_plan = std::make_shared<const FaultPlan>(std::move(plan));
    if (RelayRun* const run = relayRun()) {
        run->setFaults(m_plan);
    }
}

RelayRun* Relay::relayRun() const
{
    return static_cast<RelayRun*>(run());
}

void Relay::decide(const HoldDecision& decision)
{
    if (RelayRun* const run = relayRun()) {
        run->decide(decision);
    }
}

void Relay::insert(quint32 connection, Direction direction, const QByteArray& message)
{
    if (RelayRun* const run = relayRun()) {
        run->insert(connection, direction, message);
    }
}

} // namespace sockeye
