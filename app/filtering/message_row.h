// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/filtering/event_row.h"

#include <optional>

namespace sockeye {

/// The whole messages of one connection as filters ask about them while they come, one at a time.
class MessageRow {
public:
    /// `protocol` cuts the streams, or reads the datagrams; as people choose it.
    MessageRow(quint32 connection, const ConnectionFacts& facts, const ProtocolPtr& protocol, const Limits& limits);

    /// Valid until the next call, and as long as frame and bytes are.
    [[nodiscard]] const EventRow& look(Direction direction, const Frame& frame, qint64 offset, QByteArrayView bytes);

private:
    FilteredConnection m_connection;
    std::array<ProtocolPtr, 2> m_protocols; ///< by direction, as that side speaks it
    Limits m_limits;
    quint32 m_id;
    std::optional<EventRow> m_row;
};

} // namespace sockeye
