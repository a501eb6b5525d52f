// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/relay_run.h"

#include "app/relay/relay_group.h"
#include "app/relay/relay_host.h"

namespace sockeye {

RelayRun::RelayRun(IoThreads& threads, const RelayOptions& options, const FaultPlanPtr& plan,
    const std::shared_ptr<Recording>& recording, const std::shared_ptr<std::atomic<quint32>>& lastId,
    const std::shared_ptr<RelayLegs>& legs)
    : EndpointRun(threads)
{
    if (options.transport == Transport::Udp) {
        makeHost(threads, new RelayHost(options, plan, recording, lastId, legs));
        return;
    }
    setStartsDown(plan->find(u"down") != nullptr);
    makeGroups(threads, options, recording, lastId, [&](const std::shared_ptr<ServerCounters>& counters, int index) {
        return new RelayGroup(options, plan, recording, counters, legs, index);
    });
}

void RelayRun::setFaults(const FaultPlanPtr& plan)
{
    tellHost<RelayHost>([plan](RelayHost& host) { host.setFaults(plan); });
    tellListener([down = plan->find(u"down") != nullptr](Listener& listener) { listener.setDown(down); });
    tellGroups<RelayGroup>([plan](RelayGroup& group) { group.setFaults(plan); });
}

void RelayRun::decide(const HoldDecision& decision)
{
    tellHost<RelayHost>([decision](RelayHost& host) { host.decide(decision); });
    tellGroups<RelayGroup>([decision](RelayGroup& group) { group.decide(decision); });
}

void RelayRun::insert(quint32 connection, Direction direction, const QByteArray& message)
{
    tellHost<RelayHost>(
        [connection, direction, message](RelayHost& host) { host.insert(connection, direction, message); });
    tellGroups<RelayGroup>(
        [connection, direction, message](RelayGroup& group) { group.insert(connection, direction, message); });
}

} // namespace sockeye
