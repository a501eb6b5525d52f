// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/reading/packed_record.h"

#include <limits>

namespace sockeye {

namespace {
constexpr int flagBits = 2;
constexpr qint64 standInFlag = 1;
constexpr qint64 outgoingFlag = 2;
// Nanoseconds since the epoch in 62 bits: until the year 2043, and as far back.
constexpr qint64 latest = std::numeric_limits<qint64>::max() >> flagBits;
} // namespace

std::optional<PackedRecord> PackedRecord::of(const MessageRecord& record)
{
    if (record.kind != RecordKind::Message || record.text != 0 || record.time < -latest || record.time > latest
        || record.size < 0 || record.size > std::numeric_limits<quint32>::max()) {
        return std::nullopt;
    }
    PackedRecord packed;
    packed.m_time = record.time * (1 << flagBits) + (record.direction == Direction::Out ? outgoingFlag : 0);
    packed.m_offset = record.offset;
    packed.m_size = static_cast<quint32>(record.size);
    packed.m_connection = record.connection;
    return packed;
}

MessageRecord PackedRecord::record() const
{
    MessageRecord record;
    record.time = m_time >> flagBits;
    record.direction = (m_time & outgoingFlag) != 0 ? Direction::Out : Direction::In;
    record.offset = m_offset;
    record.size = m_size;
    record.connection = m_connection;
    return record;
}

PackedRecord PackedRecord::standIn(qsizetype index)
{
    PackedRecord packed;
    packed.m_time = standInFlag;
    packed.m_offset = index;
    return packed;
}

} // namespace sockeye
