// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/posix/system_address.h"

#include <QNetworkInterface>

#include <cstring>

#include <netinet/in.h>

namespace sockeye {

SocketAddress fromSystem(const sockaddr_storage& storage)
{
    SocketAddress address;
    address.host.setAddress(reinterpret_cast<const sockaddr*>(&storage));
    if (storage.ss_family == AF_INET6) {
        address.port = ntohs(reinterpret_cast<const sockaddr_in6*>(&storage)->sin6_port);
        // What comes to a socket for both families over IPv4 is shown as IPv4.
        if (const in6_addr& bytes = reinterpret_cast<const sockaddr_in6*>(&storage)->sin6_addr;
            IN6_IS_ADDR_V4MAPPED(&bytes)) {
            address.host.setAddress(address.host.toIPv4Address());
        }
    } else if (storage.ss_family == AF_INET) {
        address.port = ntohs(reinterpret_cast<const sockaddr_in*>(&storage)->sin_port);
    }
    return address;
}

socklen_t toSystem(const SocketAddress& address, sockaddr_storage& storage, bool mapped)
{
    std::memset(&storage, 0, sizeof storage);
    if (mapped || address.host.protocol() == QAbstractSocket::IPv6Protocol) {
        auto* const to = reinterpret_cast<sockaddr_in6*>(&storage);
        to->sin6_family = AF_INET6;
        to->sin6_port = htons(address.port);
        const Q_IPV6ADDR bytes = address.host.toIPv6Address();
        std::memcpy(&to->sin6_addr, &bytes, sizeof bytes);
        if (const QString scope = address.host.scopeId(); !scope.isEmpty()) {
            const int index = QNetworkInterface::interfaceIndexFromName(scope);
            to->sin6_scope_id = index > 0 ? static_cast<quint32>(index) : scope.toUInt();
        }
        return sizeof(sockaddr_in6);
    }
    auto* const to = reinterpret_cast<sockaddr_in*>(&storage);
    to->sin_family = AF_INET;
    to->sin_port = htons(address.port);
    to->sin_addr.s_addr = htonl(address.host.toIPv4Address());
    return sizeof(sockaddr_in);
}

SocketAddress localAddress(int descriptor)
{
    sockaddr_storage storage {};
    socklen_t size = sizeof storage;
    ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&storage), &size);
    return fromSystem(storage);
}

SocketAddress peerAddress(int descriptor)
{
    sockaddr_storage storage {};
    socklen_t size = sizeof storage;
    ::getpeername(descriptor, reinterpret_cast<sockaddr*>(&storage), &size);
    return fromSystem(storage);
}

} // namespace sockeye
