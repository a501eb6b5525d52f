// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/pcapng/packet_builder.h"

#include "app/formats/pcapng/checksum.h"
#include "app/formats/pcapng/format.h"

#include <QHostAddress>
#include <QtEndian>

#include <cstring>

namespace sockeye::pcapng {

namespace {

constexpr qsizetype ipv4Head = 20;
constexpr qsizetype ipv6Head = 40;
constexpr qsizetype tcpHead = 20;
constexpr qsizetype synOptions = 8;
constexpr qsizetype udpHead = 8;
constexpr quint8 hops = 64;

template <typename T> void putBig(char* to, T value)
{
    qToBigEndian(value, to);
}

void putChecksum(char* to, quint64 sum)
{
    const quint16 value = checksumEnd(sum); // in network order already
    std::memcpy(to, &value, sizeof value);
}

} // namespace

bool isIpv4(const QHostAddress& address)
{
    bool ok = false;
    address.toIPv4Address(&ok);
    return ok;
}

IpAddress toIpAddress(const QHostAddress& address, bool ipv6)
{
    IpAddress result;
    if (ipv6) {
        const Q_IPV6ADDR bytes = address.toIPv6Address();
        std::memcpy(result.bytes.data(), &bytes, sizeof bytes);
    } else {
        putBig(result.bytes.data(), address.toIPv4Address());
    }
    return result;
}

qsizetype PacketHeads::size() const
{
    qsizetype size = ipv6 ? ipv6Head : ipv4Head;
    if (protocol == protocolTcp) {
        size += tcpHead + ((flags & syn) != 0 ? synOptions : 0);
    } else if (protocol == protocolUdp) {
        size += udpHead;
    }
    return size;
}

void PacketHeads::write(char* to, QByteArrayView payload) const
{
    const qsizetype total = size() + payload.size();
    char* transport = to;
    const std::size_t addressSize = ipv6 ? 16 : 4;
    if (ipv6) {
        std::memset(to, 0, ipv6Head);
        to[0] = 0x60;
        putBig(to + 4, static_cast<quint16>(total - ipv6Head));
        to[6] = static_cast<char>(protocol);
        to[7] = static_cast<char>(hops);
        std::memcpy(to + 8, source.bytes.data(), 16);
        std::memcpy(to + 24, destination.bytes.data(), 16);
        transport += ipv6Head;
    } else {
        std::memset(to, 0, ipv4Head);
        to[0] = 0x45;
        putBig(to + 2, static_cast<quint16>(total));
        to[6] = 0x40; // don't fragment
        to[8] = static_cast<char>(hops);
        to[9] = static_cast<char>(protocol);
        std::memcpy(to + 12, source.bytes.data(), 4);
        std::memcpy(to + 16, destination.bytes.data(), 4);
        putChecksum(to + 10, checksumAdd(0, to, ipv4Head));
        transport += ipv4Head;
    }
    const qsizetype transportSize = to + total - transport;
    qsizetype head = 0;
    qsizetype checksumAt = -1;
    if (protocol == protocolTcp) {
        head = tcpHead + ((flags & syn) != 0 ? synOptions : 0);
        std::memset(transport, 0, static_cast<std::size_t>(head));
        putBig(transport, sourcePort);
        putBig(transport + 2, destinationPort);
        putBig(transport + 4, sequence);
        putBig(transport + 8, (flags & ack) != 0 ? acknowledged : 0U);
        transport[12] = static_cast<char>((head / 4) << 4);
        transport[13] = static_cast<char>(flags);
        putBig(transport + 14, window);
        if ((flags & syn) != 0) {
            // Largest segment, and a window scale that never fills up: there is no real window to tell of.
            std::memcpy(transport + tcpHead, "\x02\x04\xFF\xD7\x01\x03\x03\x0E", synOptions);
        }
        checksumAt = 16;
    } else if (protocol == protocolUdp) {
        head = udpHead;
        putBig(transport, sourcePort);
        putBig(transport + 2, destinationPort);
        putBig(transport + 4, static_cast<quint16>(transportSize));
        putBig(transport + 6, quint16 { 0 });
        checksumAt = 6;
    }
    if (!payload.isEmpty()) {
        std::memcpy(transport + head, payload.data(), static_cast<std::size_t>(payload.size()));
    }
    if (checksumAt >= 0) {
        // The pseudo header: addresses, protocol, length (RFC 9293 §3.1, RFC 8200 §8.1).
        quint64 sum = checksumAdd(0, source.bytes.data(), addressSize);
        sum = checksumAdd(sum, destination.bytes.data(), addressSize);
        sum += qToBigEndian(static_cast<quint16>(protocol));
        sum += qToBigEndian(static_cast<quint32>(transportSize));
        sum = checksumAdd(sum, transport, static_cast<std::size_t>(transportSize));
        quint16 value = checksumEnd(sum);
        if (protocol == protocolUdp && value == 0) {
            value = 0xFFFF; // 0 would mean "none" (RFC 768)
        }
        std::memcpy(transport + checksumAt, &value, sizeof value);
    }
}

} // namespace sockeye::pcapng
