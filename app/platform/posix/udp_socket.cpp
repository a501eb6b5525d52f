// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/posix/udp_socket.h"

#include "app/platform/posix/socket_setup.h"
#include "app/platform/posix/system_address.h"
#include "app/platform/system_error.h"

#include <QNetworkInterface>

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

QHostAddress anyAddress(sa_family_t family)
{
    return QHostAddress(family == AF_INET6 ? QHostAddress::AnyIPv6 : QHostAddress::AnyIPv4);
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
            if (address.isLinkLocal()) {
                address.setScopeId(QNetworkInterface::interfaceNameFromIndex(static_cast<int>(info.ipi6_ifindex)));
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

void UdpSocket::close()
{
    m_place.leave();
    m_descriptor.close();
}

/// For want of it all is as it was before there was a socket.
FailureCode UdpSocket::failedToOpen(int error)
{
    m_error = error;
    close();
    return failure();
}

FailureCode UdpSocket::connectTo(const SocketAddress& address, const SocketOptions& options)
{
    m_bothFamilies = m_manyAddresses = false;
    m_peer.reset();
    m_isUnix = address.isUnix();
    if (m_isUnix) {
        return connectToUnix(address.unixName, options);
    }
    sockaddr_storage storage {};
    const socklen_t size = toSystem(address, storage);
    m_descriptor = openSocket(storage.ss_family);
    if (!isOpen()) {
        return failedToOpen(errno);
    }
    if (const int error = setUpDatagrams(descriptor(), options); error != 0) {
        return failedToOpen(error);
    }
    const int error = bindOwnEnd(descriptor(), options.bindTo, storage.ss_family, !options.groups.isEmpty());
    if (error != 0) {
        return failedToOpen(error);
    }
    if (!manyMayAnswer(address, options)) {
        return ::connect(descriptor(), reinterpret_cast<const sockaddr*>(&storage), size) == 0 ? FailureCode::None
                                                                                               : failedToOpen(errno);
    }
    if (const int joined = joinGroups(descriptor(), storage.ss_family, options); joined != 0) {
        return failedToOpen(joined);
    }
    // Where it sends from only a connected socket knows.
    const Descriptor probe = openSocket(storage.ss_family);
    if (!probe.isValid()) {
        return failedToOpen(errno);
    }
    if (const int refused = setUpDatagrams(probe.number(), options); refused != 0) {
        return failedToOpen(refused);
    }
    if (::connect(probe.number(), reinterpret_cast<const sockaddr*>(&storage), size) != 0) {
        return failedToOpen(errno);
    }
    m_source = localAddress(probe.number()).host;
    m_peer = address;
    if (options.bindTo.port == 0 && options.bindTo.host.isNull()) {
        sockaddr_storage any {};
        const socklen_t length = toSystem({ anyAddress(storage.ss_family), 0 }, any);
        if (::bind(descriptor(), reinterpret_cast<const sockaddr*>(&any), length) != 0) {
            return failedToOpen(errno);
        }
    }
    return FailureCode::None;
}

FailureCode UdpSocket::bind(const SocketAddress& address, const SocketOptions& options)
{
    m_peer.reset();
    m_isUnix = address.isUnix();
    if (m_isUnix) {
        m_bothFamilies = m_manyAddresses = false;
        return bindUnix(address.unixName, options);
    }
    m_bothFamilies = address.host.protocol() == QAbstractSocket::AnyIPProtocol;
    const bool ipv6 = m_bothFamilies || address.host.protocol() == QAbstractSocket::IPv6Protocol;
    m_manyAddresses = m_bothFamilies || address.host == QHostAddress(QHostAddress::AnyIPv4)
        || address.host == QHostAddress(QHostAddress::AnyIPv6);
    sockaddr_storage storage {};
    const SocketAddress wanted { m_bothFamilies ? QHostAddress(QHostAddress::AnyIPv6) : address.host, address.port };
    const socklen_t size = toSystem(wanted, storage);
    m_descriptor = openSocket(storage.ss_family);
    if (!isOpen()) {
        return failedToOpen(errno);
    }
    if (ipv6) {
        setOption(descriptor(), IPPROTO_IPV6, IPV6_V6ONLY, m_bothFamilies ? 0 : 1);
    }
    if (m_manyAddresses) {
        setOption(descriptor(), ipv6 ? IPPROTO_IPV6 : IPPROTO_IP, ipv6 ? IPV6_RECVPKTINFO : IP_PKTINFO, 1);
    }
    SocketOptions joined = options;
    if (address.host.isMulticast() && !joined.groups.contains(address.host)) {
        joined.groups.append(address.host);
    }
    if (!joined.groups.isEmpty()) {
        setOption(descriptor(), SOL_SOCKET, SO_REUSEADDR, 1); // others may listen to the group as well
    }
    if (const int error = setUpDatagrams(descriptor(), options); error != 0) {
        return failedToOpen(error);
    }
    if (::bind(descriptor(), reinterpret_cast<const sockaddr*>(&storage), size) != 0) {
        return failedToOpen(errno);
    }
    const int error = joinGroups(descriptor(), storage.ss_family, joined);
    return error != 0 ? failedToOpen(error) : FailureCode::None;
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

Transfer UdpSocket::receive(char* data, qsizetype size, SocketAddress& from, QHostAddress& to, qsizetype& cut)
{
    if (m_isUnix) {
        return receiveUnix(data, size, from, cut);
    }
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
        from = fromSystem(address, message.msg_namelen);
        if (m_manyAddresses) {
            to = destinationOf(message);
        }
    }
    return received;
}

Transfer UdpSocket::send(QByteArrayView bytes)
{
    if (m_peer) {
        return send(bytes, *m_peer, {});
    }
    return result(
        ::send(descriptor(), bytes.data(), static_cast<std::size_t>(bytes.size()), MSG_DONTWAIT | MSG_NOSIGNAL));
}

Transfer UdpSocket::send(QByteArrayView bytes, const SocketAddress& to, const QHostAddress& from)
{
    if (m_isUnix) {
        return sendUnix(bytes, to.unixName);
    }
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
    const SocketAddress bound = localAddress(descriptor());
    return m_peer ? SocketAddress { m_source, bound.port } : bound;
}

SocketAddress UdpSocket::peer() const
{
    return m_peer ? *m_peer : peerAddress(descriptor());
}

} // namespace sockeye
