// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/linux/sock_diag.h"

#include "app/platform/linux/netlink.h"

#include <QtEndian>

#include <array>
#include <cerrno>
#include <cstring>

#include <netinet/in.h>
#include <sys/socket.h>

namespace sockeye {

namespace {

constexpr std::size_t bufferSize = 64 * 1024;

int ask(const Netlink& netlink, quint8 family, quint8 protocol, quint32 states)
{
    DiagRequest request {};
    request.header.nlmsg_len = sizeof request;
    request.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
    request.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
    request.body.sdiag_family = family;
    request.body.sdiag_protocol = protocol;
    request.body.idiag_states = states;
    const ssize_t sent = ::send(netlink.descriptor(), &request, sizeof request, 0);
    return sent == ssize_t(sizeof request) ? 0 : errno;
}

QHostAddress addressOf(quint8 family, const __be32 (&words)[4])
{
    if (family == AF_INET) {
        return QHostAddress(qFromBigEndian(words[0]));
    }
    Q_IPV6ADDR bytes;
    std::memcpy(&bytes, words, sizeof bytes);
    QHostAddress address(bytes);
    bool isIPv4 = false;
    const quint32 ipv4 = address.toIPv4Address(&isIPv4);
    // A socket for both families that talks IPv4. The unspecified address stays what it is: every address.
    if (isIPv4 && !address.isNull() && address != QHostAddress(QHostAddress::AnyIPv6)) {
        address.setAddress(ipv4);
    }
    return address;
}

SocketEntry entryOf(const inet_diag_msg& message, SocketProtocol protocol)
{
    SocketEntry entry;
    entry.protocol = protocol;
    entry.isIPv6 = message.idiag_family == AF_INET6;
    entry.state = message.idiag_state <= static_cast<quint8>(TcpState::NewSynReceived)
        ? static_cast<TcpState>(message.idiag_state)
        : TcpState::Unknown;
    entry.local = { addressOf(message.idiag_family, message.id.idiag_src), qFromBigEndian(message.id.idiag_sport) };
    entry.foreign = { addressOf(message.idiag_family, message.id.idiag_dst), qFromBigEndian(message.id.idiag_dport) };
    entry.receiveQueue = message.idiag_rqueue;
    entry.sendQueue = message.idiag_wqueue;
    entry.inode = message.idiag_inode;
    entry.user = message.idiag_uid;
    return entry;
}

int readAll(const Netlink& netlink, SocketProtocol protocol, std::vector<SocketEntry>& entries)
{
    std::array<char, bufferSize> buffer {};
    for (;;) {
        const ssize_t size = ::recv(netlink.descriptor(), buffer.data(), buffer.size(), 0);
        if (size < 0 && errno == EINTR) {
            continue;
        }
        if (size <= 0) {
            return size < 0 ? errno : EIO;
        }
        const int end = parseSockDiag({ buffer.data(), qsizetype(size) }, protocol, entries);
        if (end != 0) {
            return end > 0 ? 0 : -end;
        }
    }
}

} // namespace

int parseSockDiag(QByteArrayView bytes, SocketProtocol protocol, std::vector<SocketEntry>& entries)
{
    while (bytes.size() >= qsizetype(sizeof(nlmsghdr))) {
        nlmsghdr header {};
        std::memcpy(&header, bytes.data(), sizeof header);
        if (header.nlmsg_len < sizeof header || header.nlmsg_len > static_cast<std::size_t>(bytes.size())) {
            return -EBADMSG;
        }
        const QByteArrayView body = bytes.sliced(sizeof header, header.nlmsg_len - qsizetype(sizeof header));
        if (header.nlmsg_type == NLMSG_DONE) {
            return 1;
        }
        if (header.nlmsg_type == NLMSG_ERROR) {
            qint32 error = 0;
            if (body.size() >= qsizetype(sizeof error)) {
                std::memcpy(&error, body.data(), sizeof error);
            }
            return error < 0 ? error : -EIO;
        }
        if (header.nlmsg_type == SOCK_DIAG_BY_FAMILY && body.size() >= qsizetype(sizeof(inet_diag_msg))) {
            inet_diag_msg message {};
            std::memcpy(&message, body.data(), sizeof message);
            entries.push_back(entryOf(message, protocol));
        }
        const qsizetype step = NLMSG_ALIGN(header.nlmsg_len);
        bytes = step < bytes.size() ? bytes.sliced(step) : QByteArrayView();
    }
    return 0;
}

int readSockDiag(std::vector<SocketEntry>& entries, bool listening)
{
    const Netlink netlink;
    if (netlink.descriptor() < 0) {
        return errno;
    }
    constexpr quint32 every = 0xFFF;
    const quint32 tcp = listening ? 1U << static_cast<int>(TcpState::Listen) : every;
    const quint32 udp = listening ? 1U << static_cast<int>(TcpState::Closed) : every;
    std::vector<SocketEntry> read;
    for (const quint8 family : { quint8(AF_INET), quint8(AF_INET6) }) {
        for (const auto protocol : { SocketProtocol::Tcp, SocketProtocol::Udp }) {
            const bool isTcp = protocol == SocketProtocol::Tcp;
            int error = ask(netlink, family, isTcp ? IPPROTO_TCP : IPPROTO_UDP, isTcp ? tcp : udp);
            if (error == 0) {
                error = readAll(netlink, protocol, read);
            }
            // A kernel without the module for one protocol still tells of the others; without any it tells nothing.
            if (error != 0 && (error != ENOENT || read.empty())) {
                return error;
            }
        }
    }
    entries.insert(entries.end(), std::make_move_iterator(read.begin()), std::make_move_iterator(read.end()));
    return 0;
}

} // namespace sockeye
