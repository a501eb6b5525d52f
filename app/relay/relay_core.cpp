// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/relay_core.h"

#include <QHostInfo>
#include <QRandomGenerator>

namespace sockeye {

namespace {

constexpr int seedShift = 12; ///< what is left is a whole number in every reader of JSON

} // namespace

RelayCore::RelayCore(Relay& relay)
    : m_relay(relay)
    , m_plan(std::make_shared<const FaultPlan>())
    , m_lastId(std::make_shared<std::atomic<quint32>>(0))
{
    qRegisterMetaType<SocketAddress>();
    qRegisterMetaType<Failure>();
    qRegisterMetaType<std::optional<CertificateFacts>>();
}

RelayCore::~RelayCore()
{
    if (m_lookup != -1) {
        QHostInfo::abortHostLookup(m_lookup);
    }
}

void RelayCore::start(const RelayOptions& options)
{
    if (m_lookup != -1) {
        QHostInfo::abortHostLookup(m_lookup);
        m_lookup = -1;
    }
    endRun();
    m_options = options;
    m_lastExchanges = 0;
    m_relay.m_failure = {};
    m_relay.m_address = {};
    m_relay.m_certificate.reset();
    FaultPlan plan;
    plan.seed = options.seed.value_or(QRandomGenerator::system()->generate64() >> seedShift);
    plan.transport = options.transport;
    plan.protocol = options.protocol;
    if (const QString wrong = plan.take(options.faults, {}); !wrong.isEmpty()) {
        fail(makeFailure(FailureCode::Other, tr("The list of faults"), wrong));
        return;
    }
    m_plan = std::make_shared<const FaultPlan>(std::move(plan));
    setState(Relay::State::Starting);
    QHostAddress address;
    if (address.setAddress(options.host)) {
        const bool bothFamilies = address == QHostAddress(QHostAddress::AnyIPv6) && !options.ipv6Only;
        listen({ bothFamilies ? QHostAddress(QHostAddress::Any) : address });
        return;
    }
    m_lookup = QHostInfo::lookupHost(options.host, this, [this](const QHostInfo& info) {
        m_lookup = -1;
        if (info.addresses().isEmpty()) {
            fail(makeFailure(FailureCode::NameNotFound, m_options.host));
            return;
        }
        QList<QHostAddress> addresses;
        for (const QHostAddress& each : info.addresses()) { // some resolvers say one twice
            if (!addresses.contains(each)) {
                addresses.append(each);
            }
        }
        listen(addresses);
    });
}

void RelayCore::listen(const QList<QHostAddress>& addresses)
{
    m_run =
        std::make_unique<RelayRun>(m_relay.m_threads, m_options, m_plan, m_relay.m_recording, m_lastId, m_relay.m_legs);
    // A run may have things to say after it was told to end; it is listened to only while it is the present one.
    connect(m_run.get(), &RelayRun::listening, this,
        [this](const SocketAddress& bound, const std::optional<CertificateFacts>& certificate) {
            if (m_relay.m_state == Relay::State::Starting) {
                m_relay.m_address = bound;
                m_relay.m_certificate = certificate;
                setState(Relay::State::Listening);
            }
        });
    connect(m_run.get(), &RelayRun::certified, this, [this](const std::optional<CertificateFacts>& certificate) {
        m_relay.m_certificate = certificate;
        Q_EMIT m_relay.certificateChanged();
    });
    connect(m_run.get(), &RelayRun::failed, this, [this](const Failure& failure) { fail(failure); });
    connect(m_run.get(), &RelayRun::trouble, this, [this](const Failure& failure) {
        m_relay.m_failure = failure;
        Q_EMIT m_relay.acceptTrouble(failure);
    });
    connect(m_run.get(), &RelayRun::ended, this, [this] {
        endRun();
        m_relay.m_address = {};
        m_relay.m_certificate.reset();
        setState(Relay::State::Stopped);
    });
    m_run->listen(addresses);
}

void RelayCore::stop()
{
    if (m_lookup != -1) {
        QHostInfo::abortHostLookup(m_lookup);
        m_lookup = -1;
    }
    if (m_run && m_relay.m_state != Relay::State::Failed) {
        if (m_relay.m_state != Relay::State::Stopping) {
            setState(Relay::State::Stopping);
            m_run->finish();
        }
        return;
    }
    endRun();
    if (m_relay.m_state != Relay::State::Stopped) {
        setState(Relay::State::Stopped);
    }
}

QString RelayCore::setFaults(const FaultList& faults)
{
    FaultPlan plan;
    plan.seed = m_plan->seed;
    plan.transport = m_plan->transport;
    plan.protocol = m_plan->protocol;
    if (QString wrong = plan.take(faults, *m_plan); !wrong.isEmpty()) {
        return wrong;
    }
    m_plan = std::make_shared<const FaultPlan>(std::move(plan));
    m_options.faults = m_plan->settings;
    if (m_run) {
        m_run->setFaults(m_plan);
    }
    Q_EMIT m_relay.faultsChanged();
    return {};
}

void RelayCore::fail(const Failure& failure)
{
    m_relay.m_failure = failure;
    setState(Relay::State::Failed);
}

/// The present run is over, or is to be: it finishes by itself what is on its way, while the next one may begin.
void RelayCore::endRun()
{
    if (!m_run) {
        return;
    }
    m_lastExchanges = m_run->exchanges();
    m_run->disconnect(this);
    // Deleted from the event loop: one of its signals may be who called us.
    connect(m_run.get(), &RelayRun::ended, this, &RelayCore::deleteEndedRuns, Qt::QueuedConnection);
    m_run->finish();
    m_endingRuns.push_back(std::move(m_run));
    QMetaObject::invokeMethod(this, &RelayCore::deleteEndedRuns, Qt::QueuedConnection);
}

void RelayCore::deleteEndedRuns()
{
    std::erase_if(m_endingRuns, [](const std::unique_ptr<RelayRun>& run) { return run->hasEnded(); });
}

void RelayCore::setState(Relay::State state)
{
    m_relay.m_state = state;
    Q_EMIT m_relay.stateChanged();
}

} // namespace sockeye
