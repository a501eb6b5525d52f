// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/linux/netlink.h"
#include "app/platform/linux/sock_diag.h"

#include <QtEndian>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>

#include <linux/rtnetlink.h>
#include <linux/tcp.h>
#include <netinet/in.h>

namespace sockeye {

namespace {

constexpr std::size_t answerSize = 8 * 1024;
constexpr quint8 zeroWindowTimer = 4; ///< inet_diag_msg::idiag_timer

void putAddress(__be32 (&words)[4], const QHostAddress& address, bool isIPv6)
{
    if (isIPv6) {
        const Q_IPV6ADDR bytes = address.toIPv6Address();
        std::memcpy(words, &bytes, sizeof bytes);
    } else {
        words[0] = qToBigEndian(address.toIPv4Address());
    }
}

DiagRequest requestFor(const ConnectionEnds& ends)
{
    const bool isIPv6 = ends.local.host.protocol() == QAbstractSocket::IPv6Protocol;
    DiagRequest request {};
    request.header.nlmsg_len = sizeof request;
    request.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
    request.header.nlmsg_flags = NLM_F_REQUEST;
    request.body.sdiag_family = isIPv6 ? AF_INET6 : AF_INET;
    request.body.sdiag_protocol = IPPROTO_TCP;
    request.body.idiag_ext = 1U << (INET_DIAG_INFO - 1);
    request.body.idiag_states = 0xFFF;
    request.body.id.idiag_sport = qToBigEndian(ends.local.port);
    request.body.id.idiag_dport = qToBigEndian(ends.peer.port);
    putAddress(request.body.id.idiag_src, ends.local.host, isIPv6);
    putAddress(request.body.id.idiag_dst, ends.peer.host, isIPv6);
    request.body.id.idiag_cookie[0] = INET_DIAG_NOCOOKIE;
    request.body.id.idiag_cookie[1] = INET_DIAG_NOCOOKIE;
    return request;
}

void takeInfo(KernelFacts& facts, QByteArrayView bytes)
{
    // Kernels add members at its end: what an older one does not tell stays 0.
    tcp_info info {};
    std::memcpy(&info, bytes.data(), std::min(static_cast<std::size_t>(bytes.size()), sizeof info));
    facts.notSent = info.tcpi_notsent_bytes;
    facts.roundTrip = info.tcpi_rtt;
    facts.roundTripVariation = info.tcpi_rttvar;
    facts.congestionWindow = info.tcpi_snd_cwnd;
    facts.segmentSize = info.tcpi_snd_mss;
    facts.retransmissions = info.tcpi_total_retrans;
    facts.inFlight = info.tcpi_unacked;
    if (static_cast<std::size_t>(bytes.size()) >= offsetof(tcp_info, tcpi_snd_wnd) + sizeof info.tcpi_snd_wnd) {
        facts.peerWindow = info.tcpi_snd_wnd;
    }
}

std::optional<KernelFacts> ask(const Netlink& netlink, const ConnectionEnds& ends)
{
    const DiagRequest request = requestFor(ends);
    if (::send(netlink.descriptor(), &request, sizeof request, 0) != ssize_t(sizeof request)) {
        return std::nullopt;
    }
    std::array<char, answerSize> buffer {};
    const ssize_t size = ::recv(netlink.descriptor(), buffer.data(), buffer.size(), 0);
    return size > 0 ? parseKernelFacts({ buffer.data(), qsizetype(size) }) : std::nullopt;
}

} // namespace

std::optional<KernelFacts> parseKernelFacts(QByteArrayView bytes)
{
    nlmsghdr header {};
    inet_diag_msg message {};
    constexpr qsizetype before = sizeof header + sizeof message;
    if (bytes.size() < before) {
        return std::nullopt;
    }
    std::memcpy(&header, bytes.data(), sizeof header);
    if (header.nlmsg_type != SOCK_DIAG_BY_FAMILY || header.nlmsg_len < static_cast<std::size_t>(before)
        || header.nlmsg_len > static_cast<std::size_t>(bytes.size())) {
        return std::nullopt;
    }
    std::memcpy(&message, bytes.data() + sizeof header, sizeof message);
    KernelFacts facts;
    facts.state = message.idiag_state <= static_cast<quint8>(TcpState::NewSynReceived)
        ? static_cast<TcpState>(message.idiag_state)
        : TcpState::Unknown;
    if (facts.state == TcpState::Listen) {
        return std::nullopt; // the kernel's answer when the connection is gone and its port has a listener
    }
    facts.receiveQueue = message.idiag_rqueue;
    facts.sendQueue = message.idiag_wqueue;
    facts.probing = message.idiag_timer == zeroWindowTimer;
    QByteArrayView rest = bytes.sliced(before, header.nlmsg_len - before);
    while (rest.size() >= qsizetype(sizeof(rtattr))) {
        rtattr attribute {};
        std::memcpy(&attribute, rest.data(), sizeof attribute);
        if (attribute.rta_len < sizeof attribute || attribute.rta_len > rest.size()) {
            break;
        }
        if (attribute.rta_type == INET_DIAG_INFO) {
            takeInfo(facts, rest.sliced(sizeof attribute, attribute.rta_len - qsizetype(sizeof attribute)));
        }
        rest = rest.sliced(std::min<qsizetype>(rest.size(), RTA_ALIGN(attribute.rta_len)));
    }
    return facts;
}

bool canAskSockDiag()
{
    std::vector<SocketEntry> entries;
    return readSockDiag(entries, true) == 0;
}

std::vector<std::optional<KernelFacts>> askSockDiag(const std::vector<ConnectionEnds>& connections)
{
    std::vector<std::optional<KernelFacts>> answers;
    answers.reserve(connections.size());
    const Netlink netlink;
    for (const ConnectionEnds& ends : connections) {
        answers.push_back(netlink.descriptor() >= 0 ? ask(netlink, ends) : std::nullopt);
    }
    return answers;
}

} // namespace sockeye
