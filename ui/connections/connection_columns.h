// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace sockeye {

/// The columns of the connections table, in their order. Saved layouts count on it: add at the end.
enum class ConnectionColumn {
    Number,
    Peer,
    State,
    In,
    Out,
    Messages,
    Rate,
    Age,
    Waiting,
    // The kernel's side; what it says is asked for the rows that are seen.
    ReceiveQueue,
    SendQueue,
    RoundTrip,
    CongestionWindow,
    Retransmissions,
    TcpState,
    // Of a relay: the side that it connected to.
    Target,
};
inline constexpr int connectionColumnCount = 16;
inline constexpr bool isKernelColumn(ConnectionColumn column)
{
    return column > ConnectionColumn::Waiting && column < ConnectionColumn::Target;
}

} // namespace sockeye
