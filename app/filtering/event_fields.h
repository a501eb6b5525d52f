// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/protocol.h"
#include "protocol/filter/schema.h"

namespace sockeye {

/// The names that filters of recorded things use, in the order of eventSchema().
enum class EventField : quint8 {
    Connection,
    Direction,
    Time,
    Size,
    Offset,
    Kind,
    Number,
    Peer,
    PeerPort,
    Local,
    LocalPort,
    Transport,
    Endpoint,
    Bytes,
    Content,
    Text,
    Reads,
    Writes,
    Glued,
    Latency,
    Gap,
    Error,
    Fault,
    Rule,
    Marked,
    Note,
    Tls,
    Header,
    Json,
    Message, ///< the fields of the protocol
};

/// What filters can ask of what is recorded and read by that protocol.
[[nodiscard]] filter::Schema eventSchema(const Protocol& protocol);

} // namespace sockeye
