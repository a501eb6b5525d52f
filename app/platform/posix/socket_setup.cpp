// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/posix/socket_setup.h"

#include "app/platform/posix/system_address.h"

#include <QNetworkInterface>

#include <cerrno>

#include <netinet/in.h>
#include <netinet/tcp.h>

namespace sockeye {

namespace {

/// Remembers the first error.
class Setter {
public:
    explicit Setter(int descriptor)
        : m_descriptor(descriptor)
    {
    }

    template <typename Value> void set(int level, int name, const Value& value)
    {
        if (::setsockopt(m_descriptor, level, name, &value, sizeof value) != 0 && m_error == 0) {
            m_error = errno;
        }
    }
    [[nodiscard]] int number(int level, int name) const
    {
        int value = 0;
        socklen_t size = sizeof value;
        return ::getsockopt(m_descriptor, level, name, &value, &size) == 0 ? value : -1;
    }
    void fail(int error) { m_error = m_error == 0 ? error : m_error; }
    [[nodiscard]] int error() const { return m_error; }

private:
    int m_descriptor;
    int m_error = 0;
};

sa_family_t familyOf(int descriptor)
{
    sockaddr_storage storage {};
    socklen_t size = sizeof storage;
    ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&storage), &size);
    return storage.ss_family;
}

void setKeepAlive(Setter& setter, const SocketOptions::KeepAlive& wanted)
{
    setter.set(SOL_SOCKET, SO_KEEPALIVE, 1);
#ifdef TCP_KEEPIDLE
    if (wanted.idle > 0) {
        setter.set(IPPROTO_TCP, TCP_KEEPIDLE, wanted.idle);
    }
#endif
    if (wanted.interval > 0) {
        setter.set(IPPROTO_TCP, TCP_KEEPINTVL, wanted.interval);
    }
    if (wanted.count > 0) {
        setter.set(IPPROTO_TCP, TCP_KEEPCNT, wanted.count);
    }
}

/// IPv4 may go through a socket of IPv6, which then has both.
void setOfBoth(Setter& setter, sa_family_t family, int ipv4Name, int ipv6Name, int value)
{
    if (family == AF_INET6) {
        setter.set(IPPROTO_IPV6, ipv6Name, value);
        if (setter.number(IPPROTO_IPV6, IPV6_V6ONLY) != 0) {
            return;
        }
    }
    setter.set(IPPROTO_IP, ipv4Name, value);
}

/// 0: by the system's routes; -1: there is none of that name.
int interfaceIndex(const QString& name)
{
    if (name.isEmpty()) {
        return 0;
    }
    const int index = QNetworkInterface::interfaceIndexFromName(name);
    return index > 0 ? index : -1;
}

/// What every socket has, and all that Unix sockets have.
void setBuffers(Setter& setter, const SocketOptions& options)
{
    if (options.sendBuffer) {
        setter.set(SOL_SOCKET, SO_SNDBUF, *options.sendBuffer);
    }
    if (options.receiveBuffer) {
        setter.set(SOL_SOCKET, SO_RCVBUF, *options.receiveBuffer);
    }
}

/// What streams and datagrams over IP have.
void setCommon(Setter& setter, int descriptor, const SocketOptions& options)
{
    setBuffers(setter, options);
    if (options.ttl) {
        setOfBoth(setter, familyOf(descriptor), IP_TTL, IPV6_UNICAST_HOPS, *options.ttl);
    }
    if (options.trafficClass) {
        setOfBoth(setter, familyOf(descriptor), IP_TOS, IPV6_TCLASS, *options.trafficClass);
    }
}

} // namespace

int setUpStream(int descriptor, const SocketOptions& options)
{
    Setter setter(descriptor);
    if (familyOf(descriptor) == AF_UNIX) {
        setBuffers(setter, options);
        return setter.error();
    }
    if (options.noDelay) {
        setter.set(IPPROTO_TCP, TCP_NODELAY, 1);
    }
    if (options.keepAlive) {
        setKeepAlive(setter, *options.keepAlive);
    }
    setCommon(setter, descriptor, options);
    return setter.error();
}

int setUpDatagrams(int descriptor, const SocketOptions& options)
{
    Setter setter(descriptor);
    const sa_family_t family = familyOf(descriptor);
    if (family == AF_UNIX) {
        setBuffers(setter, options);
        return setter.error();
    }
    setCommon(setter, descriptor, options);
    if (options.broadcast) {
        setter.set(SOL_SOCKET, SO_BROADCAST, 1);
    }
    if (options.ttl) {
        setOfBoth(setter, family, IP_MULTICAST_TTL, IPV6_MULTICAST_HOPS, *options.ttl);
    }
    if (!options.multicastLoop) {
        setOfBoth(setter, family, IP_MULTICAST_LOOP, IPV6_MULTICAST_LOOP, 0);
    }
    if (!options.interface.isEmpty()) {
        const int index = interfaceIndex(options.interface);
        if (index < 0) {
            setter.fail(ENODEV);
            return setter.error();
        }
        if (family == AF_INET6) {
            setter.set(IPPROTO_IPV6, IPV6_MULTICAST_IF, index);
        }
        if (family == AF_INET || setter.number(IPPROTO_IPV6, IPV6_V6ONLY) == 0) {
            ip_mreqn by {};
            by.imr_ifindex = index;
            setter.set(IPPROTO_IP, IP_MULTICAST_IF, by);
        }
    }
    return setter.error();
}

int joinGroups(int descriptor, sa_family_t family, const SocketOptions& options)
{
    Setter setter(descriptor);
    const int wanted = interfaceIndex(options.interface);
    // Without it Linux gives a socket what comes for groups that any other one has joined.
#ifdef IP_MULTICAST_ALL
    if (!options.groups.isEmpty()) {
        setter.set(IPPROTO_IP, IP_MULTICAST_ALL, 0);
    }
#endif
    for (const QHostAddress& group : options.groups) {
        sockaddr_storage storage {};
        (void)toSystem({ group, 0 }, storage);
        if (wanted < 0) {
            setter.fail(ENODEV);
        } else if (storage.ss_family == AF_INET6 && family == AF_INET6) {
            const auto& address = reinterpret_cast<const sockaddr_in6&>(storage);
            ipv6_mreq membership {};
            membership.ipv6mr_multiaddr = address.sin6_addr;
            membership.ipv6mr_interface = wanted > 0 ? static_cast<unsigned>(wanted) : address.sin6_scope_id;
            setter.set(IPPROTO_IPV6, IPV6_JOIN_GROUP, membership);
        } else if (storage.ss_family == AF_INET
            && (family == AF_INET || setter.number(IPPROTO_IPV6, IPV6_V6ONLY) == 0)) {
            ip_mreqn membership {};
            membership.imr_multiaddr = reinterpret_cast<const sockaddr_in&>(storage).sin_addr;
            membership.imr_ifindex = wanted;
            setter.set(IPPROTO_IP, IP_ADD_MEMBERSHIP, membership);
        }
    }
    return setter.error();
}

int bindOwnEnd(int descriptor, const SocketAddress& end, sa_family_t family, bool shared)
{
    if ((end.host.isNull() && end.port == 0) || family == AF_UNIX) {
        return 0;
    }
    Setter setter(descriptor);
    if (end.port != 0 || shared) {
        setter.set(SOL_SOCKET, SO_REUSEADDR, 1); // a connection of the same port may still be in TIME_WAIT
    }
#ifdef IP_BIND_ADDRESS_NO_PORT
    if (end.port == 0 && setter.number(SOL_SOCKET, SO_TYPE) == SOCK_STREAM) {
        // The port is chosen by connect(), which knows which of them are free to that peer.
        setter.set(IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1);
    }
#endif
    sockaddr_storage storage {};
    const QHostAddress any(family == AF_INET6 ? QHostAddress::AnyIPv6 : QHostAddress::AnyIPv4);
    const socklen_t size = toSystem({ end.host.isNull() ? any : end.host, end.port }, storage);
    if (storage.ss_family != family) {
        return EAFNOSUPPORT;
    }
    return ::bind(descriptor, reinterpret_cast<const sockaddr*>(&storage), size) == 0 ? setter.error() : errno;
}

} // namespace sockeye
