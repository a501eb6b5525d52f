// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/udp_socket.h"

#include "app/net/system_address.h"
#include "app/net/tcp_stream.h"

#include <QSocketNotifier>

#include <cerrno>
#include <cstring>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace sockeye {

namespace {

int openSocket(int family)
{
    return ::socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

void setOption(int descriptor, int level, int name, int value)
{
    ::setsockopt(descriptor, level, name, &value, sizeof value);
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

UdpSocket::UdpSocket(Owner& owner)
    : m_owner(owner)
{
}

UdpSocket::~UdpSocket()
{
    close();
}

int UdpSocket::openTo(const SocketAddress& address, FailureCode& failure)
{
    sockaddr_storage storage {};
    const socklen_t size = toSystem(address, storage);
    const int descriptor = openSocket(storage.ss_family);
    if (descriptor >= 0 && ::connect(descriptor, reinterpret_cast<const sockaddr*>(&storage), size) == 0) {
        failure = FailureCode::None;
        return descriptor;
    }
    failure = fromSystemError(errno);
    if (descriptor >= 0) {
        ::close(descriptor);
    }
    return -1;
}

FailureCode UdpSocket::bind(const SocketAddress& address)
{
    close();
    m_bothFamilies = address.host.protocol() == QAbstractSocket::AnyIPProtocol;
    const bool ipv6 = m_bothFamilies || address.host.protocol() == QAbstractSocket::IPv6Protocol;
    m_manyAddresses = m_bothFamilies || address.host == QHostAddress(QHostAddress::AnyIPv4)
        || address.host == QHostAddress(QHostAddress::AnyIPv6);
    sockaddr_storage storage {};
    const SocketAddress wanted { m_bothFamilies ? QHostAddress(QHostAddress::AnyIPv6) : address.host, address.port };
    const socklen_t size = toSystem(wanted, storage);
    m_descriptor = openSocket(storage.ss_family);
    if (m_descriptor < 0) {
        m_error = errno;
        return failure();
    }
    if (ipv6) {
        setOption(m_descriptor, IPPROTO_IPV6, IPV6_V6ONLY, m_bothFamilies ? 0 : 1);
    }
    if (m_manyAddresses) {
        setOption(m_descriptor, ipv6 ? IPPROTO_IPV6 : IPPROTO_IP, ipv6 ? IPV6_RECVPKTINFO : IP_PKTINFO, 1);
    }
    if (::bind(m_descriptor, reinterpret_cast<const sockaddr*>(&storage), size) != 0) {
        m_error = errno;
        close();
        return failure();
    }
    return FailureCode::None;
}

void UdpSocket::adopt(int descriptor)
{
    close();
    m_descriptor = descriptor;
    m_bothFamilies = m_manyAddresses = false;
}

void UdpSocket::close()
{
    // The notifiers only go quiet: one of them may be who called us.
    for (auto* const notifier : { &m_reader, &m_writer }) {
        if (*notifier) {
            (*notifier)->setEnabled(false);
        }
    }
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
        m_descriptor = -1;
    }
}

UdpSocket::Status UdpSocket::failed()
{
    m_error = errno;
    return m_error == EAGAIN || m_error == EWOULDBLOCK || m_error == EINTR ? Status::WouldBlock : Status::Failed;
}

FailureCode UdpSocket::failure() const
{
    return fromSystemError(m_error);
}

UdpSocket::Received UdpSocket::receive(char* data, qsizetype size)
{
    sockaddr_storage from {};
    iovec buffer { data, static_cast<std::size_t>(size) };
    ControlRoom control {};
    msghdr message {};
    message.msg_name = &from;
    message.msg_namelen = sizeof from;
    message.msg_iov = &buffer;
    message.msg_iovlen = 1;
    if (m_manyAddresses) {
        message.msg_control = &control;
        message.msg_controllen = sizeof control;
    }
    Received received;
    const ssize_t count = ::recvmsg(m_descriptor, &message, MSG_DONTWAIT);
    if (count < 0) {
        received.status = failed();
        return received;
    }
    received.status = Status::Ok;
    received.size = count;
    received.from = fromSystem(from);
    if (m_manyAddresses) {
        received.to = destinationOf(message);
    }
    return received;
}

UdpSocket::Status UdpSocket::send(QByteArrayView bytes)
{
    const ssize_t count =
        ::send(m_descriptor, bytes.data(), static_cast<std::size_t>(bytes.size()), MSG_DONTWAIT | MSG_NOSIGNAL);
    return count >= 0 ? Status::Ok : failed();
}

UdpSocket::Status UdpSocket::send(QByteArrayView bytes, const SocketAddress& to, const QHostAddress& from)
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
    const ssize_t count = ::sendmsg(m_descriptor, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
    return count >= 0 ? Status::Ok : failed();
}

void UdpSocket::setNotifier(std::unique_ptr<QSocketNotifier>& notifier, bool reads, bool on)
{
    if (!notifier && on) {
        notifier =
            std::make_unique<QSocketNotifier>(m_descriptor, reads ? QSocketNotifier::Read : QSocketNotifier::Write);
        QObject::connect(notifier.get(), &QSocketNotifier::activated, notifier.get(), [this, reads] {
            if (reads) {
                m_owner.readable();
            } else {
                m_owner.writable();
            }
        });
    } else if (notifier) {
        if (notifier->socket() != m_descriptor && m_descriptor >= 0) {
            notifier->setSocket(m_descriptor);
        }
        notifier->setEnabled(on && m_descriptor >= 0);
    }
}

void UdpSocket::setReading(bool on)
{
    setNotifier(m_reader, true, on);
}

void UdpSocket::setWriting(bool on)
{
    setNotifier(m_writer, false, on);
}

SocketAddress UdpSocket::local() const
{
    sockaddr_storage storage {};
    socklen_t size = sizeof storage;
    ::getsockname(m_descriptor, reinterpret_cast<sockaddr*>(&storage), &size);
    return fromSystem(storage);
}

SocketAddress UdpSocket::peer() const
{
    sockaddr_storage storage {};
    socklen_t size = sizeof storage;
    ::getpeername(m_descriptor, reinterpret_cast<sockaddr*>(&storage), &size);
    return fromSystem(storage);
}

} // namespace sockeye
