// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/filtering/message_row.h"

#include "protocol/protocols/registry.h"

namespace sockeye {

MessageRow::MessageRow(
    quint32 connection, const ConnectionFacts& facts, const ProtocolPtr& protocol, const Limits& limits)
    : m_connection(facts)
    , m_limits(limits)
    , m_id(connection)
{
    for (const Direction direction : { Direction::In, Direction::Out }) {
        m_protocols.at(static_cast<std::size_t>(direction)) =
            spokenOver(protocol, facts.transport, senderOf(facts, direction));
    }
}

const EventRow& MessageRow::look(Direction direction, const Frame& frame, qint64 offset, QByteArrayView bytes)
{
    EventRow& row = m_row.emplace();
    row.kind = QLatin1StringView("message");
    row.connectionId = m_id;
    row.connection = &m_connection;
    row.direction = direction;
    row.size = bytes.size();
    row.offset = offset;
    row.bytes = bytes;
    FilteredMessage& whole = row.message.emplace();
    whole.protocol = m_protocols.at(static_cast<std::size_t>(direction)).get();
    whole.frame = &frame;
    whole.limits = m_limits;
    return row;
}

} // namespace sockeye
