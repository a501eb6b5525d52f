// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/posix/udp_socket.h"

#include "app/platform/posix/system_address.h"
#include "app/platform/system_error.h"

#include <cerrno>
#include <cstring>

#include <netinet/in.h>
#include <sys/socket.h>

namespace sockeye {

namespace {

Descriptor openSocket(int family)
{
    return Descriptor(::socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
}

void setOption(int descriptor, int level, int name, int value)
{
    ::setsockopt(descriptor, level, name, &value, sizeof value);
}

/// Has the system take what is sent to a group: on the interface of its scope, or the one of its routes.
bool join(int descriptor, const sockaddr_storage& group)
{
    if (group.ss_family == AF_INET6) {
        ipv6_mreq wanted {};
        const auto& address = reinterpret_cast<const sockaddr_in6&>(group);
        wanted.ipv6mr_multiaddr = address.sin6_addr;
        wanted.ipv6mr_interface = address.sin6_scope_id;
        return ::setsockopt(descriptor, IPPROTO_IPV6, IPV6_JOIN_GROUP, &wanted, sizeof wanted) == 0;
    }
    ip_mreq wanted {};
    wanted.imr_multiaddr = reinterpret_cast<const sockaddr_in&>(group).sin_addr;
    wanted.imr_interface.s_addr = htonl(INADDR_ANY);
    return ::setsockopt(descriptor, IPPROTO_IP, IP_ADD_MEMBERSHIP, &wanted, sizeof wanted) == 0;
}

/// Room for one control message of either family.
union ControlRoom {
    cmsghdr head;
    char bytes[CMSG_SPACE(sizeof(in6_pktinfo)) + CMSG_SPACE(sizeof(in_pktinfo))];
};

/// Which address of ours a datagram was sent to; null if nothing says so, or if it was everybody's.
QHostAddress destinationOf(msghdr& message)
{
    for (cmsghdr* head = CMSG_FIRSTHDR(&message); head != nullptr; head = CMSG_NXTHDR(&message, head)) {
        if (head->cmsg_level == IPPROTO_IP && head->cmsg_type == IP_PKTINFO) {
            in_pktinfo info {};
            std::memcpy(&info, CMSG_DATA(head), sizeof info);
            return QHostAddress(ntohl(info.ipi_spec_dst.s_addr)); // ours, also where the datagram was a broadcast
        }
        if (head->cmsg_level == IPPROTO_IPV6 && head->cmsg_type == IPV6_PKTINFO) {
            in6_pktinfo info {};
            std::memcpy(&info, CMSG_DATA(head), sizeof info);
            QHostAddress address(info.ipi6_addr.s6_addr);
            bool isIPv4 = false;
            const quint32 ipv4 = address.toIPv4Address(&isIPv4);
            if (isIPv4) {
                address.setAddress(ipv4);
            }
            return address.isMulticast() ? QHostAddress() : address;
        }
    }
    return {};
}

/// Says in `control` which address of ours a datagram comes from; returns how much of it counts.
std::size_t setSource(msghdr& message, const QHostAddress& from, bool asIpv6)
{
    const bool ipv6 = asIpv6 || from.protocol() == QAbstractSocket::IPv6Protocol;
    cmsghdr* const head = CMSG_FIRSTHDR(&message);
    if (ipv6) {
        in6_pktinfo info {};
        const Q_IPV6ADDR address = from.toIPv6Address();
        std::memcpy(&info.ipi6_addr, &address, sizeof address);
        head->cmsg_level = IPPROTO_IPV6;
        head->cmsg_type = IPV6_PKTINFO;
        head->cmsg_len = CMSG_LEN(sizeof info);
        std::memcpy(CMSG_DATA(head), &info, sizeof info);
        return CMSG_SPACE(sizeof info);
    }
    in_pktinfo info {};
    info.ipi_spec_dst.s_addr = htonl(from.toIPv4Address());
    head->cmsg_level = IPPROTO_IP;
    head->cmsg_type = IP_PKTINFO;
    head->cmsg_len = CMSG_LEN(sizeof info);
    std::memcpy(CMSG_DATA(head), &info, sizeof info);
    return CMSG_SPACE(sizeof info);
}

} // namespace

/// For want of it all is as it was before there was a socket.
FailureCode UdpSocket::failedToOpen()
{
    m_error = errno;
    close();
    return failure();
}

FailureCode UdpSocket::connectTo(const SocketAddress& address)
{
    m_bothFamilies = m_manyAddresses = false;
    sockaddr_storage storage {};
    const socklen_t size = toSystem(address, storage);
    m_descriptor = openSocket(storage.ss_family);
    if (!isOpen() || ::connect(descriptor(), reinterpret_cast<const sockaddr*>(&storage), size) != 0) {
        return failedToOpen();
    }
    return FailureCode::None;
}

FailureCode UdpSocket::bind(const SocketAddress& address)
{
    m_bothFamilies = address.host.protocol() == QAbstractSocket::AnyIPProtocol;
    const bool ipv6 = m_bothFamilies || address.host.protocol() == QAbstractSocket::IPv6Protocol;
    m_manyAddresses = m_bothFamilies || address.host == QHostAddress(QHostAddress::AnyIPv4)
        || address.host == QHostAddress(QHostAddress::AnyIPv6);
    sockaddr_storage storage {};
    const SocketAddress wanted { m_bothFamilies ? QHostAddress(QHostAddress::AnyIPv6) : address.host, address.port };
    const socklen_t size = toSystem(wanted, storage);
    m_descriptor = openSocket(storage.ss_family);
    if (!isOpen()) {
        return failedToOpen();
    }
    if (ipv6) {
        setOption(descriptor(), IPPROTO_IPV6, IPV6_V6ONLY, m_bothFamilies ? 0 : 1);
    }
    if (m_manyAddresses) {
        setOption(descriptor(), ipv6 ? IPPROTO_IPV6 : IPPROTO_IP, ipv6 ? IPV6_RECVPKTINFO : IP_PKTINFO, 1);
    }
    if (::bind(descriptor(), reinterpret_cast<const sockaddr*>(&storage), size) != 0
        || (address.host.isMulticast() && !join(descriptor(), storage))) {
        return failedToOpen();
    }
    return FailureCode::None;
}

Transfer UdpSocket::result(qsizetype count)
{
    if (count >= 0) {
        return { TransferStatus::Ok, count };
    }
    m_error = errno;
    const bool wouldBlock = m_error == EAGAIN || m_error == EWOULDBLOCK || m_error == EINTR;
    return { wouldBlock ? TransferStatus::WouldBlock : TransferStatus::Failed, 0 };
}

FailureCode UdpSocket::failure() const
{
    return fromSystemError(m_error);
}

Transfer UdpSocket::receive(char* data, qsizetype size, SocketAddress& from, QHostAddress& to)
{
    sockaddr_storage address {};
    iovec buffer { data, static_cast<std::size_t>(size) };
    ControlRoom control {};
    msghdr message {};
    message.msg_name = &address;
    message.msg_namelen = sizeof address;
    message.msg_iov = &buffer;
    message.msg_iovlen = 1;
    if (m_manyAddresses) {
        message.msg_control = &control;
        message.msg_controllen = sizeof control;
    }
    const Transfer received = result(::recvmsg(descriptor(), &message, MSG_DONTWAIT));
    if (received.status == TransferStatus::Ok) {
        from = fromSystem(address);
        if (m_manyAddresses) {
            to = destinationOf(message);
        }
    }
    return received;
}

Transfer UdpSocket::send(QByteArrayView bytes)
{
    return result(
        ::send(descriptor(), bytes.data(), static_cast<std::size_t>(bytes.size()), MSG_DONTWAIT | MSG_NOSIGNAL));
}

Transfer UdpSocket::send(QByteArrayView bytes, const SocketAddress& to, const QHostAddress& from)
{
    sockaddr_storage address {};
    iovec buffer { const_cast<char*>(bytes.data()), static_cast<std::size_t>(bytes.size()) };
    ControlRoom control {};
    msghdr message {};
    message.msg_name = &address;
    message.msg_namelen = toSystem(to, address, m_bothFamilies);
    message.msg_iov = &buffer;
    message.msg_iovlen = 1;
    if (!from.isNull()) {
        message.msg_control = &control;
        message.msg_controllen = sizeof control;
        message.msg_controllen = setSource(message, from, m_bothFamilies);
    }
    return result(::sendmsg(descriptor(), &message, MSG_DONTWAIT | MSG_NOSIGNAL));
}

SocketAddress UdpSocket::local() const
{
    return localAddress(descriptor());
}

SocketAddress UdpSocket::peer() const
{
    return peerAddress(descriptor());
}

} // namespace sockeye
