// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/listening/listening_endpoint.h"
#include "app/relay/faults/fault_plan.h"
#include "app/relay/relay_legs.h"
#include "app/relay/relay_options.h"

#include <memory>
#include <optional>

namespace sockeye {

class RelayRun;

/// A relay: it connects to its target for each client, and passes on what comes from either side. In its recording is
/// one connection for each client, in which In is from the client to the target, as if the relay were the server. To
/// close or reset one is done to both sides of it.
class Relay final : public ListeningEndpoint {
    Q_OBJECT
public:
    Relay(IoThreads& threads, const std::shared_ptr<Recording>& recording, QObject* parent = nullptr);
    ~Relay() override;

    void start(const RelayOptions& options); ///< ends in Listening or Failed

    /// The faults from now on, in their order, also of conversations that are open. Those that keep their name, kind
    /// and numbers go on where they are. Returns a sentence about the first one that cannot be (checkFault()), and then
    /// nothing is changed; else an empty text.
    QString setFaults(const FaultList& faults);
    [[nodiscard]] const FaultList& faults() const { return m_plan->settings; } ///< those in force, each with its name
    /// How often the fault of that name has struck since the start, whether it is in force or was.
    [[nodiscard]] qint64 strikes(const QString& fault) const { return m_plan->strikes(fault); }
    /// Those that were in force since the start and are not any more; of very many the latest.
    [[nodiscard]] FaultList goneFaults() const;
    [[nodiscard]] quint64 seed() const { return m_plan->seed; } ///< of what is drawn; valid once it was started

    /// Which messages are held from now on, before any fault strikes them; what is held already stays so, or is let go
    /// when it is switched off. Returns a sentence about a filter that cannot be, and then nothing is changed.
    QString setHold(const HoldSettings& hold);
    [[nodiscard]] const HoldSettings& hold() const { return m_plan->hold.settings; } ///< in force
    [[nodiscard]] const HoldDesk& held() const { return *m_desk; } ///< what is held
    /// Each goes in its turn: after those before it in its direction. One that has gone meanwhile is ignored.
    void decide(const HoldDecision& decision);
    /// Sends a message that nobody has sent, to the target (In) or to the client (Out), before what is held. Without a
    /// hold it goes between the bytes that have passed, which may be in the middle of a message.
    void insert(quint32 connection, Direction direction, const QByteArray& message);

    /// What becomes of messages from now on, before any fault strikes them; null: they pass. Conversations that are
    /// open, too: from their next whole message.
    void setRules(const std::shared_ptr<const RuleSource>& rules);

    [[nodiscard]] const RelayOptions& options() const { return m_options; } ///< of the last start
    /// The target's side of a conversation, by its id in the recording; nothing if it is not known any more.
    [[nodiscard]] std::optional<TargetLeg> target(quint32 connection) const { return m_legs->of(connection); }
    [[nodiscard]] quint64 targetsRevision() const { return m_legs->revision(); } ///< changes with any of them

Q_SIGNALS:
    void faultsChanged(); ///< by setFaults(), or by a scenario

private:
    [[nodiscard]] RelayRun* relayRun() const; ///< null while there is none
    void bringIntoForce(FaultPlan plan);
    [[nodiscard]] std::unique_ptr<EndpointRun> newRun() override;

    std::shared_ptr<RelayLegs> m_legs;
    std::shared_ptr<HoldDesk> m_desk;
    RelayOptions m_options;
    FaultPlanPtr m_plan; ///< never null
};

} // namespace sockeye
