// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/report/relay_traffic.h"

#include "app/reading/capture.h"

#include <algorithm>

namespace sockeye {

RelayTraffic trafficOf(
    const Capture& capture, const std::function<std::optional<TargetLeg>(quint32 connection)>& target)
{
    RelayTraffic traffic;
    quint64 revision = 0;
    QList<ConnectionRecord> records = capture.connectionsSince(revision);
    std::ranges::sort(records, {}, &ConnectionRecord::id);
    for (const ConnectionRecord& record : std::as_const(records)) {
        const std::optional<TargetLeg> leg = target ? target(record.id) : std::nullopt;
        ++traffic.connections;
        traffic.open += record.closedAt == 0 ? 1 : 0;
        traffic.reset += record.state == ConnectionState::Reset ? 1 : 0;
        traffic.failed += record.closedAt != 0 && record.closeKind == CloseKind::Failed ? 1 : 0;
        traffic.bytesIn += record.bytesIn;
        traffic.bytesOut += record.bytesOut;
        traffic.messagesIn += record.messagesIn;
        traffic.messagesOut += record.messagesOut;
        if (traffic.listed.size() < RelayTraffic::mostListed) {
            traffic.listed.append({ record, leg });
        }
    }
    return traffic;
}

} // namespace sockeye
