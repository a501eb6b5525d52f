// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What is other with datagrams over Unix sockets.

#include "app/platform/posix/socket_setup.h"
#include "app/platform/posix/system_address.h"
#include "app/platform/posix/udp_socket.h"
#include "app/platform/posix/unix_place.h"
#include "protocol/transport.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <sys/socket.h>

namespace sockeye {

using namespace std::chrono_literals;

namespace {

/// How long one waits for a peer that does not read; then what is for it is lost, as it is to others who wait with it.
constexpr auto peerPatience = 250ms;

#ifdef SCM_CREDENTIALS
union CredentialsRoom {
    cmsghdr head;
    char bytes[CMSG_SPACE(sizeof(ucred))];
};

/// Whose datagram it is; 0: it is not said.
qint64 processOf(msghdr& message)
{
    for (cmsghdr* head = CMSG_FIRSTHDR(&message); head != nullptr; head = CMSG_NXTHDR(&message, head)) {
        if (head->cmsg_level == SOL_SOCKET && head->cmsg_type == SCM_CREDENTIALS) {
            ucred who {};
            std::memcpy(&who, CMSG_DATA(head), sizeof who);
            return who.pid;
        }
    }
    return 0;
}
#endif

Descriptor openUnix()
{
    return Descriptor(::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
}

} // namespace

FailureCode UdpSocket::connectToUnix(const UnixName& name, const SocketOptions& options)
{
    sockaddr_storage storage {};
    const socklen_t size = toSystem({ {}, 0, name }, storage);
    if (size == 0) {
        return failedToOpen(ENAMETOOLONG);
    }
    m_descriptor = openUnix();
    if (!isOpen()) {
        return failedToOpen(errno);
    }
    if (const int error = setUpDatagrams(descriptor(), options); error != 0) {
        return failedToOpen(error);
    }
#ifdef __linux__
    // A name of its own, so that it can be answered: bound to no address it gets a free abstract one (unix(7)).
    const sockaddr own { AF_UNIX, {} };
    if (::bind(descriptor(), &own, sizeof own.sa_family) != 0) {
        return failedToOpen(errno);
    }
#endif
    return ::connect(descriptor(), reinterpret_cast<const sockaddr*>(&storage), size) == 0
        ? FailureCode::None
        : failedToOpen(connectErrorAt(name, errno));
}

FailureCode UdpSocket::bindUnix(const UnixName& name, const SocketOptions& options)
{
    m_stuck = {};
    m_descriptor = openUnix();
    if (!isOpen()) {
        return failedToOpen(errno);
    }
    int error = setUpDatagrams(descriptor(), options);
    if (error == 0) {
        error = m_place.take(descriptor(), name);
    }
    if (error != 0) {
        return failedToOpen(error);
    }
#ifdef SO_PASSCRED
    const int on = 1; // so that senders without a name can be told apart
    ::setsockopt(descriptor(), SOL_SOCKET, SO_PASSCRED, &on, sizeof on);
#endif
    return FailureCode::None;
}

Transfer UdpSocket::receiveUnix(char* data, qsizetype size, SocketAddress& from, qsizetype& cut)
{
    const qsizetype room = std::min(size, maxDatagram); // what a recording keeps of one
    sockaddr_storage address {};
    iovec buffer { data, static_cast<std::size_t>(room) };
    msghdr message {};
    message.msg_name = &address;
    message.msg_namelen = sizeof address;
    message.msg_iov = &buffer;
    message.msg_iovlen = 1;
#ifdef SCM_CREDENTIALS
    CredentialsRoom control {};
    message.msg_control = &control;
    message.msg_controllen = sizeof control;
#endif
    const Transfer received = result(::recvmsg(descriptor(), &message, MSG_DONTWAIT | MSG_TRUNC));
    if (received.status != TransferStatus::Ok) {
        return received;
    }
    address.ss_family = AF_UNIX; // of a sender without a name there is nothing
    from = fromSystem(address, message.msg_namelen);
#ifdef SCM_CREDENTIALS
    if (from.unixName.isUnnamed()) {
        from.unixName = UnixName::unnamed(processOf(message));
    }
#endif
    cut = std::max<qsizetype>(received.size - room, 0);
    return { TransferStatus::Ok, received.size - cut };
}

Transfer UdpSocket::sendUnix(QByteArrayView bytes, const UnixName& to)
{
    if (to.isUnnamed()) {
        m_error = EDESTADDRREQ;
        return { TransferStatus::Failed, 0 };
    }
    sockaddr_storage address {};
    const socklen_t size = toSystem({ {}, 0, to }, address);
    const Transfer sent = result(::sendto(descriptor(), bytes.data(), static_cast<std::size_t>(bytes.size()),
        MSG_DONTWAIT | MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&address), size));
    if (sent.status != TransferStatus::WouldBlock) {
        m_stuck = m_stuck == to ? UnixName() : m_stuck;
        return sent;
    }
    const auto now = std::chrono::steady_clock::now();
    if (m_stuck != to) {
        m_stuck = to;
        m_stuckSince = now;
    }
    return now - m_stuckSince < peerPatience ? sent : Transfer { TransferStatus::Failed, 0 };
}

bool UdpSocket::tellsRoom() const
{
    return !m_isUnix || !peerAddress(descriptor()).isNull();
}

} // namespace sockeye
