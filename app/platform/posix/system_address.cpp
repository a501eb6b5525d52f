// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/posix/system_address.h"

#include <QNetworkInterface>

#include <algorithm>
#include <cstddef>
#include <cstring>

#include <netinet/in.h>
#include <sys/un.h>

namespace sockeye {

namespace {

constexpr socklen_t unixNameAt = offsetof(sockaddr_un, sun_path);

SocketAddress fromUnix(const sockaddr_storage& storage, socklen_t size)
{
    QByteArray name;
    if (size > unixNameAt) {
        const char* const path = reinterpret_cast<const sockaddr_un&>(storage).sun_path;
        const qsizetype most = std::min<qsizetype>(size - unixNameAt, sizeof(sockaddr_un::sun_path));
        // All bytes of an abstract name count; a path may have a zero byte at its end, or lack it.
        name = QByteArray(
            path, *path == '\0' ? most : static_cast<qsizetype>(qstrnlen(path, static_cast<std::size_t>(most))));
    }
    return { {}, 0, UnixName::fromBytes(name) };
}

socklen_t toUnix(const UnixName& name, sockaddr_storage& storage)
{
    auto& to = reinterpret_cast<sockaddr_un&>(storage);
    to.sun_family = AF_UNIX;
    const QByteArray& bytes = name.bytes();
    if (name.isTooLong()) {
        return 0;
    }
    std::memcpy(to.sun_path, bytes.constData(), static_cast<std::size_t>(bytes.size()));
    return unixNameAt + static_cast<socklen_t>(bytes.size() + (name.isPath() ? 1 : 0));
}

} // namespace

SocketAddress fromSystem(const sockaddr_storage& storage, socklen_t size)
{
    if (storage.ss_family == AF_UNIX) {
        return fromUnix(storage, size);
    }
    SocketAddress address;
    address.host.setAddress(reinterpret_cast<const sockaddr*>(&storage));
    if (storage.ss_family == AF_INET6) {
        const auto& from = reinterpret_cast<const sockaddr_in6&>(storage);
        address.port = ntohs(from.sin6_port);
        // What comes to a socket for both families over IPv4 is shown as IPv4.
        if (IN6_IS_ADDR_V4MAPPED(&from.sin6_addr)) {
            address.host.setAddress(address.host.toIPv4Address());
        } else if (from.sin6_scope_id != 0) { // without it nobody could answer a link-local address
            address.host.setScopeId(QNetworkInterface::interfaceNameFromIndex(static_cast<int>(from.sin6_scope_id)));
        }
    } else if (storage.ss_family == AF_INET) {
        address.port = ntohs(reinterpret_cast<const sockaddr_in*>(&storage)->sin_port);
    }
    return address;
}

socklen_t toSystem(const SocketAddress& address, sockaddr_storage& storage, bool mapped)
{
    std::memset(&storage, 0, sizeof storage);
    if (address.isUnix()) {
        return toUnix(address.unixName, storage);
    }
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

namespace {

/// Of a Unix socket that is connected; 0: it is not known.
qint64 peerProcess(int descriptor)
{
#ifdef SO_PEERCRED
    ucred who {};
    socklen_t size = sizeof who;
    return ::getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &who, &size) == 0 ? who.pid : 0;
#else
    Q_UNUSED(descriptor)
    return 0;
#endif
}

} // namespace

SocketAddress localAddress(int descriptor)
{
    sockaddr_storage storage {};
    socklen_t size = sizeof storage;
    ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&storage), &size);
    return fromSystem(storage, size);
}

SocketAddress peerAddress(int descriptor)
{
    sockaddr_storage storage {};
    socklen_t size = sizeof storage;
    ::getpeername(descriptor, reinterpret_cast<sockaddr*>(&storage), &size);
    const SocketAddress peer = fromSystem(storage, size);
    return peer.unixName.isUnnamed() ? SocketAddress { {}, 0, UnixName::unnamed(peerProcess(descriptor)) } : peer;
}

} // namespace sockeye
