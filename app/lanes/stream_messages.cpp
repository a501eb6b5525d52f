// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/lanes/stream_messages.h"

#include <algorithm>
#include <limits>

namespace sockeye {

StreamMessages::StreamMessages(std::shared_ptr<const Capture> capture, quint32 connection)
    : m_capture(std::move(capture))
    , m_connection(connection)
{
}

bool StreamMessages::takeNew(qsizetype most)
{
    const qsizetype all = std::min<qsizetype>(m_capture->messageCount(), std::numeric_limits<quint32>::max());
    const qsizetype until = m_taken + std::min(most, all - m_taken);
    for (; m_taken < until; ++m_taken) {
        const MessageRecord record = m_capture->message(m_taken);
        if (m_connection == 0) {
            m_connection = record.connection;
        }
        const bool hasBytes = record.kind == RecordKind::Message || record.kind == RecordKind::BadMessage;
        if (record.connection != m_connection || m_connection == 0 || !hasBytes) {
            continue;
        }
        Stream& stream = m_streams[static_cast<std::size_t>(record.direction)];
        if (record.offset < stream.end) {
            continue;
        }
        if (record.kind == RecordKind::BadMessage) {
            stream.bad.push_back(stream.rows.size());
        }
        stream.rows.append(static_cast<quint32>(m_taken));
        stream.end = record.offset + record.size;
    }
    return m_taken < all;
}

double StreamMessages::progress() const
{
    const qsizetype all = m_capture->messageCount();
    return all == 0 ? 1.0 : static_cast<double>(m_taken) / static_cast<double>(std::max(all, m_taken));
}

qsizetype StreamMessages::row(Direction direction, qsizetype i) const
{
    return of(direction).rows.at(i);
}

MessageRecord StreamMessages::record(Direction direction, qsizetype i) const
{
    return m_capture->message(of(direction).rows.at(i));
}

template <typename IsBefore> qsizetype StreamMessages::firstNot(Direction direction, IsBefore&& isBefore) const
{
    qsizetype low = 0;
    qsizetype high = count(direction);
    while (low < high) {
        const qsizetype middle = low + (high - low) / 2;
        if (isBefore(record(direction, middle))) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

qsizetype StreamMessages::endingBehind(Direction direction, qint64 offset) const
{
    return firstNot(direction, [offset](const MessageRecord& each) { return each.offset + each.size <= offset; });
}

qsizetype StreamMessages::beginningFrom(Direction direction, qint64 offset) const
{
    return firstNot(direction, [offset](const MessageRecord& each) { return each.offset < offset; });
}

qsizetype StreamMessages::fromTime(Direction direction, qint64 time) const
{
    return firstNot(direction, [time](const MessageRecord& each) { return each.time < time; });
}

bool StreamMessages::hasBad(Direction direction, qsizetype first, qsizetype next) const
{
    const std::vector<qsizetype>& bad = of(direction).bad;
    const auto found = std::lower_bound(bad.begin(), bad.end(), first);
    return found != bad.end() && *found < next;
}

} // namespace sockeye
