// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/address.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace sockeye {

struct EngineCapabilities;

/// How a socket is set up before it connects or listens; connections that are accepted have what the listening socket
/// has. What is nothing stays as the system has it.
struct SocketOptions {
    /// Empty packets that the system sends on a silent connection, to learn whether the peer is still there.
    struct KeepAlive {
        static constexpr int longest = 32'767; ///< of the two times; Linux takes no more
        static constexpr int most = 127; ///< of `count`

        int idle = 0; ///< seconds of silence before the first one; 0: the system's
        int interval = 0; ///< seconds from one that is not answered to the next; 0: the system's
        int count = 0; ///< unanswered ones after which the connection is lost; 0: the system's
        friend bool operator==(const KeepAlive&, const KeepAlive&) = default;
    };

    SocketAddress bindTo; ///< a client's own end; a null address, or port 0: the system chooses
    std::optional<KeepAlive> keepAlive; ///< of TCP
    bool noDelay = true; ///< of TCP: small writes go out at once, else they are collected (Nagle's algorithm)
    std::optional<int> sendBuffer; ///< bytes that are asked for; Linux doubles it and has a most of its own
    std::optional<int> receiveBuffer; ///< the same
    std::optional<int> ttl; ///< 1 to 255: routers that a packet may pass (hop limit), also of what goes to a group
    std::optional<int> trafficClass; ///< 0 to 255: the TOS byte of IPv4, the traffic class of IPv6

    // Of UDP.
    bool broadcast = false; ///< may send to all machines of a network
    QList<QHostAddress> groups; ///< multicast groups that it joins once it is bound
    QString interface; ///< by which groups are joined and sent to; empty: the one of the system's routes
    bool multicastLoop = true; ///< what is sent to a group comes to sockets of this machine as well

    friend bool operator==(const SocketOptions&, const SocketOptions&) = default;
};

/// What of it an engine does not do, a sentence each; empty: nothing.
[[nodiscard]] QStringList notDoneBy(const EngineCapabilities& capabilities, const SocketOptions& options);

/// What of it Unix sockets do not have, a sentence or nothing.
[[nodiscard]] QStringList notDoneByUnix(const SocketOptions& options);

/// Whether what is sent to `peer` may reach several, who all may answer from addresses of their own.
[[nodiscard]] bool manyMayAnswer(const SocketAddress& peer, const SocketOptions& options);

/// Its groups and their interface for people: "239.1.1.1, ff02::1 on eth0"; empty: there are none.
[[nodiscard]] QString groupsText(const SocketOptions& options);

/// Reads "[ADDRESS:]PORT" or "ADDRESS": a client's own end. Nothing: it is none of them.
[[nodiscard]] std::optional<SocketAddress> readOwnEnd(const QString& text);

} // namespace sockeye
