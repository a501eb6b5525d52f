// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/listening/endpoint_run.h"
#include "app/relay/faults/fault_plan.h"
#include "app/relay/relay_legs.h"
#include "app/relay/relay_options.h"

#include <memory>

namespace sockeye {

/// A relay from one start to the stop after it: with groups of conversations, or a host of its peers.
class RelayRun final : public EndpointRun {
    Q_OBJECT
public:
    RelayRun(IoThreads& threads, const RelayOptions& options, const FaultPlanPtr& plan,
        const std::shared_ptr<Recording>& recording, const std::shared_ptr<std::atomic<quint32>>& lastId,
        const std::shared_ptr<RelayLegs>& legs);

    void setFaults(const FaultPlanPtr& plan);
    void decide(const HoldDecision& decision);
    void insert(quint32 connection, Direction direction, const QByteArray& message);
};

} // namespace sockeye
