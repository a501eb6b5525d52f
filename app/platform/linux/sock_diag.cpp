// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/linux/sock_diag.h"

#include "app/platform/linux/netlink.h"

#include <QtEndian>

#include <cerrno>
#include <cstring>

#include <netinet/in.h>
#include <sys/socket.h>

namespace sockeye {

namespace {

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

} // namespace

int parseSockDiag(QByteArrayView bytes, SocketProtocol protocol, std::vector<SocketEntry>& entries)
{
    return eachDiagAnswer(bytes, [&](QByteArrayView body) {
        inet_diag_msg message {};
        if (body.size() >= qsizetype(sizeof message)) {
            std::memcpy(&message, body.data(), sizeof message);
            entries.push_back(entryOf(message, protocol));
        }
    });
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
                error =
                    readDiagDump(netlink, [&](QByteArrayView bytes) { return parseSockDiag(bytes, protocol, read); });
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
