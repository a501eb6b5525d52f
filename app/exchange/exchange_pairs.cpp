// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/exchange/exchange_pairs.h"

#include <algorithm>
#include <limits>

namespace sockeye {

ExchangePairs::ExchangePairs(std::shared_ptr<const Capture> capture, quint32 connection)
    : m_capture(std::move(capture))
    , m_connection(connection)
    , m_requests(m_capture->factsOf(connection).weConnected ? Direction::Out : Direction::In)
{
}

bool ExchangePairs::takeNew(qsizetype most)
{
    const qsizetype all = std::min<qsizetype>(m_capture->messageCount(), std::numeric_limits<quint32>::max());
    const qsizetype until = m_taken + std::min(most, all - m_taken);
    for (; m_taken < until; ++m_taken) {
        const MessageRecord record = m_capture->message(m_taken);
        if (record.connection != m_connection) {
            continue;
        }
        if (record.kind == RecordKind::Note && m_firstRequest < 0 && m_securedAt == 0
            && m_capture->fault(record.text).code == tlsCode) {
            m_securedAt = record.time;
        }
        if (record.kind != RecordKind::Message) {
            continue;
        }
        if (record.direction == m_requests) {
            m_firstRequest = m_firstRequest < 0 ? m_taken : m_firstRequest;
            m_asked.ask(m_taken);
        } else if (const std::optional<qint64> request = m_asked.answer()) {
            m_pairs.append({ static_cast<quint32>(*request), static_cast<quint32>(m_taken) });
        }
    }
    return m_taken < all;
}

std::optional<ExchangePairs::Pair> ExchangePairs::of(qsizetype row) const
{
    if (row < 0 || row >= m_taken) {
        return std::nullopt;
    }
    const MessageRecord record = m_capture->message(row);
    if (record.connection != m_connection || record.kind != RecordKind::Message) {
        return std::nullopt;
    }
    const bool isRequest = record.direction == m_requests;
    const auto rowOf = [isRequest](const Rows& rows) -> qsizetype { return isRequest ? rows.request : rows.reply; };
    qsizetype low = 0;
    qsizetype high = m_pairs.size();
    while (low < high) {
        const qsizetype middle = low + (high - low) / 2;
        if (rowOf(m_pairs.at(middle)) < row) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low < m_pairs.size() && rowOf(m_pairs.at(low)) == row) {
        return Pair { m_pairs.at(low).request, m_pairs.at(low).reply };
    }
    return isRequest ? Pair { row, -1 } : Pair { -1, row };
}

} // namespace sockeye
