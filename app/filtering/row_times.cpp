// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/filtering/row_times.h"

namespace sockeye {

ExchangeTimes::Times RowTimes::next(const MessageRecord& record)
{
    if (record.kind != RecordKind::Message) {
        return {};
    }
    auto exchange = m_exchanges.find(record.connection);
    if (exchange == m_exchanges.end()) {
        const auto connection = m_capture.connection(record.connection);
        const bool weAsk = connection && connection->facts.weConnected;
        exchange = m_exchanges.emplace(record.connection, weAsk ? Direction::Out : Direction::In).first;
    }
    return exchange->second.message(record.direction, record.time);
}

} // namespace sockeye
