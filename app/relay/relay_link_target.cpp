// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How a conversation gets its target, or does not.

#include "app/relay/faults/fault_random.h"
#include "app/relay/relay_group.h"
#include "app/relay/relay_link.h"
#include "app/relay/relay_script.h"
#include "app/tls/tls_context.h"

#include <QCoreApplication>

#include <utility>

namespace sockeye {

bool RelayLink::connectsNow()
{
    const PlannedFault* const fault = m_group.plan()->find(u"connect");
    if (fault == nullptr) {
        return true;
    }
    FaultRandom random = FaultRandom::of(m_group.plan()->seed, m_id, Direction::In, fault->settings.name);
    if (!random.happens(fault->settings.toxicity)) {
        return true;
    }
    const QJsonObject& wanted = fault->settings.attributes;
    struck(m_in, *fault, { 0, 0, wanted });
    if (wanted.value(u"refuse").toBool()) {
        targetFailed(makeFailure(FailureCode::Refused,
                         QCoreApplication::translate("sockeye::RelayLink", "The target, by a fault of this relay")),
            true);
        return false;
    }
    if (wanted.value(u"blackhole").toBool()) {
        m_isBlackhole = true;
        return false; // until the client has enough
    }
    const auto delay = std::chrono::milliseconds(static_cast<qint64>(wanted.value(u"delay").toDouble()));
    if (delay.count() == 0) {
        return true;
    }
    m_connectAt = FaultTimer::now() + delay;
    m_group.wakeAt(m_connectAt);
    return false;
}

void RelayLink::connectToTarget()
{
    const RelayOptions& options = m_group.options();
    Failure failure;
    (void)m_group.targetTls(failure);
    if (failure) {
        targetFailed(failure, false);
        return;
    }
    m_connector = std::make_unique<Connector>(nullptr);
    QObject::connect(m_connector.get(), &Connector::connected, m_connector.get(), [this] { targetConnected(); });
    QObject::connect(m_connector.get(), &Connector::failed, m_connector.get(), [this](const Failure& why) {
        m_group.deleteClosed();
        targetFailed(why, why.code != FailureCode::NameNotFound);
    });
    QObject::connect(m_connector.get(), &Connector::attemptFailed, m_connector.get(),
        [this](const Failure& why) { m_group.recorder().note(m_id, why.oneLine(), Leg::Target); });
    m_connector->start({ options.targetHost, options.targetPort, options.targetFamily, options.connectTimeout,
        Transport::Tcp, options.engine, options.socket });
}

void RelayLink::targetConnected()
{
    m_group.deleteClosed();
    std::unique_ptr<Stream> stream = m_connector->takeStream();
    m_connector.release()->deleteLater(); // it is who called us
    m_target.channel.adopt(std::move(stream));
    m_leg.state = TargetLeg::State::Open;
    m_leg.local = m_target.channel.stream().local();
    m_leg.peer = m_target.channel.stream().peer();
    m_leg.connectTime = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - m_began);
    m_group.legs().set(m_id, m_leg);
    m_group.recorder().told(m_id,
        QCoreApplication::translate("sockeye::RelayLink", "Connected to the target %1 in %2 ms.")
            .arg(m_leg.peer.toString(), QString::number(static_cast<double>(m_leg.connectTime.count()) / 1000, 'f', 1)),
        targetOpenedScript(m_id, m_leg));
    Failure none;
    const std::shared_ptr<const TlsContext> tls = m_group.targetTls(none);
    m_target.channel.open(true, tls, m_group.options().targetHost);
    if (tls) {
        m_target.channel.setReading(true);
    } else {
        ready(m_target);
    }
}

/// A target that says nothing is told of; it has as long as for connecting where that is limited.
void RelayLink::checkHandshake()
{
    constexpr auto patience = std::chrono::seconds(5);
    const RelayOptions& options = m_group.options();
    const bool isWaiting =
        options.tlsTarget.on && m_leg.state == TargetLeg::State::Open && !m_target.isReady && !m_target.isOver;
    if (!isWaiting) {
        return;
    }
    const auto waited = Clock::now() - m_began - m_leg.connectTime;
    if (options.connectTimeout.count() > 0 && waited > options.connectTimeout) {
        tellLost(m_target, makeFailure(FailureCode::TlsSilent, options.targetHost), true);
        m_target.channel.closeNow(CloseKind::Failed);
    } else if (waited > patience && !std::exchange(m_toldSilence, true)) {
        m_group.recorder().note(m_id,
            QCoreApplication::translate("sockeye::RelayLink",
                "The target %1 has not answered the TLS handshake for %2 s: it may not speak TLS, and wait for "
                "something else. The client waits with it.")
                .arg(m_leg.peer.toString(), QString::number(patience.count())),
            Leg::Target);
    }
}

/// The client is treated as the target would have treated it.
void RelayLink::targetFailed(const Failure& failure, bool resets)
{
    if (m_connector) {
        m_connector.release()->deleteLater(); // it may be who called us
    }
    m_leg.state = TargetLeg::State::Failed;
    m_leg.failure = failure;
    m_leg.connectTime = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - m_began);
    m_group.legs().set(m_id, m_leg);
    m_group.recorder().error(m_id, codeName(failure.code), failure.oneLine(), -1, Leg::Target);
    m_target.isOver = true;
    m_in.isBroken = true;
    m_in.waiting.clear();
    if (m_closeKind == CloseKind::Orderly) {
        m_closeKind = CloseKind::Failed;
    }
    if (m_client.isOver) {
        settle();
    } else if (resets) {
        m_client.channel.reset();
    } else {
        closeOrderly();
    }
}

} // namespace sockeye
