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
    /// How often the fault of that name has struck since it was added; from any thread that has the relay.
    [[nodiscard]] qint64 strikes(const QString& fault) const { return m_plan->strikes(fault); }
    [[nodiscard]] quint64 seed() const { return m_plan->seed; } ///< of what is drawn; valid once it was started

    [[nodiscard]] const RelayOptions& options() const { return m_options; } ///< of the last start
    /// The target's side of a conversation, by its id in the recording; nothing if it is not known any more.
    [[nodiscard]] std::optional<TargetLeg> target(quint32 connection) const { return m_legs->of(connection); }
    [[nodiscard]] quint64 targetsRevision() const { return m_legs->revision(); } ///< changes with any of them

Q_SIGNALS:
    void faultsChanged(); ///< by setFaults(), or by a scenario

private:
    [[nodiscard]] std::unique_ptr<EndpointRun> newRun() override;

    std::shared_ptr<RelayLegs> m_legs;
    RelayOptions m_options;
    FaultPlanPtr m_plan; ///< never null
};

} // namespace sockeye
