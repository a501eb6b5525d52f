// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/client.h"
#include "app/filtering/event_row.h"

#include <optional>

namespace sockeye {

/// The reply of an exchange as filters ask about it. One thread at a time.
class ReplyRow {
public:
    /// `protocol` reads replies (spokenBy() of servers).
    ReplyRow(const ProtocolPtr& protocol, const ClientOptions& options);
    ReplyRow(const ReplyRow&) = delete;
    ReplyRow& operator=(const ReplyRow&) = delete;

    /// Valid until the next one is asked for. Times count from the first.
    [[nodiscard]] const filter::Row& of(const Exchange& exchange);
    /// One of a reply that never came: it has no fields.
    [[nodiscard]] static const filter::Row& none();

private:
    ProtocolPtr m_protocol;
    ClientOptions m_options;
    QByteArray m_reply; ///< the row looks at it
    std::optional<Frame> m_frame;
    std::optional<FilteredConnection> m_connection;
    std::optional<EventRow> m_row;
    qint64 m_start = -1; ///< of the first exchange
};

} // namespace sockeye
