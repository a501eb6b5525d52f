// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/platform/socket_entry.h"

#include <optional>
#include <vector>

namespace sockeye {

/// The kernel's side of one TCP connection (tcp(7), TCP_INFO; what “ss -ti” prints).
struct KernelFacts {
    qint64 receiveQueue = 0; ///< bytes that have come and nobody has read (SIOCINQ)
    qint64 sendQueue = 0; ///< bytes that were written and the peer has not confirmed (SIOCOUTQ)
    qint64 notSent = 0; ///< those of sendQueue that were never on their way
    qint64 peerWindow = -1; ///< bytes that the peer has room for; -1 where an older kernel does not tell
    quint32 roundTrip = 0; ///< microseconds, smoothed; 0: not measured yet
    quint32 roundTripVariation = 0; ///< microseconds
    quint32 congestionWindow = 0; ///< segments that may be on their way at once
    quint32 segmentSize = 0; ///< bytes of a segment at most
    quint32 retransmissions = 0; ///< segments that were sent again, since the connection began
    quint32 inFlight = 0; ///< segments that are on their way
    TcpState state = TcpState::Unknown;
    bool probing = false; ///< it asks the peer from time to time whether its window has opened

    /// The peer has no room left, and more waits to be sent to it.
    [[nodiscard]] bool peerIsFull() const;
    friend bool operator==(const KernelFacts&, const KernelFacts&) = default;
};

/// Which connection: both of its ends, as a process on this machine sees them.
struct ConnectionEnds {
    SocketAddress local;
    SocketAddress peer;
};

/// Whether this system tells of connections at all, in a way that this build knows (Linux, sock_diag).
[[nodiscard]] bool tellsKernelFacts();

/// What the kernel knows of each of these connections at this moment, in their order; nothing for one that is gone.
/// Asks for each one by itself, so that the cost does not depend on how many others there are: some ten microseconds.
[[nodiscard]] std::vector<std::optional<KernelFacts>> readKernelFacts(const std::vector<ConnectionEnds>& connections);

} // namespace sockeye
