// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/pcapng/flow.h"

namespace sockeye::pcapng {

namespace {

/// A port for an end that nobody told us of, different for different connections.
quint16 madeUpPort(quint32 connection)
{
    return static_cast<quint16>(1024 + connection % 64'000);
}

QHostAddress known(const QHostAddress& address, bool ipv6)
{
    if (address.isNull()) {
        return QHostAddress(ipv6 ? QHostAddress::LocalHostIPv6 : QHostAddress::LocalHost);
    }
    return address;
}

} // namespace

Flow newFlow(quint32 connection, const ConnectionFacts& facts)
{
    Flow flow;
    flow.transport = facts.transport;
    flow.ipv6 = (!facts.local.host.isNull() && !isIpv4(facts.local.host))
        || (!facts.peer.host.isNull() && !isIpv4(facts.peer.host));
    flow.local = toIpAddress(known(facts.local.host, flow.ipv6), flow.ipv6);
    flow.peer = toIpAddress(known(facts.peer.host, flow.ipv6), flow.ipv6);
    flow.localPort = facts.local.port != 0 ? facts.local.port : madeUpPort(connection + 1);
    flow.peerPort = facts.peer.port != 0 ? facts.peer.port : madeUpPort(connection);
    flow.side(Direction::In).next = initialSequence(connection, Direction::In);
    flow.side(Direction::Out).next = initialSequence(connection, Direction::Out);
    return flow;
}

} // namespace sockeye::pcapng
