// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/reader/ip_packet.h"

#include "app/formats/pcapng/format.h"

#include <QtEndian>

#include <algorithm>
#include <cstring>

namespace sockeye {

using namespace pcapng;

namespace {

constexpr int mostExtensions = 16;
// Next headers that something follows (RFC 8200 §4, RFC 4302).
constexpr quint8 extensionHopByHop = 0;
constexpr quint8 extensionRouting = 43;
constexpr quint8 extensionFragment = 44;
constexpr quint8 extensionDestination = 60;
constexpr quint8 protocolAh = 51;

quint8 number8(QByteArrayView bytes, qsizetype at)
{
    return static_cast<quint8>(bytes[at]);
}

quint16 number16(QByteArrayView bytes, qsizetype at)
{
    return qFromBigEndian<quint16>(bytes.data() + at);
}

quint32 number32(QByteArrayView bytes, qsizetype at)
{
    return qFromBigEndian<quint32>(bytes.data() + at);
}

/// Where what comes after the IP heads lies in a packet, and how much of it the packet says there is.
void setBody(IpPacket& packet, QByteArrayView bytes, qsizetype at, qsizetype said)
{
    packet.payload = std::min(at, bytes.size());
    packet.size = std::min(said, bytes.size() - packet.payload);
    packet.missing = said - packet.size;
}

void parseIpv4(QByteArrayView bytes, IpPacket& packet)
{
    constexpr qsizetype leastHead = 20;
    const qsizetype head = (number8(bytes, 0) & 0x0F) * 4;
    if (head < leastHead) {
        return;
    }
    if (bytes.size() < head) {
        packet.content = IpPacket::Content::Cut;
        return;
    }
    qsizetype total = number16(bytes, 2);
    if (total == 0) {
        total = bytes.size(); // captured before the network card cut it (segmentation offload)
    }
    if (total < head) {
        return;
    }
    packet.protocol = number8(bytes, 9);
    std::memcpy(packet.source.bytes.data(), bytes.data() + 12, 4);
    std::memcpy(packet.destination.bytes.data(), bytes.data() + 16, 4);
    const quint16 fragment = number16(bytes, 6);
    packet.identification = number16(bytes, 4);
    packet.fragmentOffset = (fragment & 0x1FFF) * 8;
    packet.moreFragments = (fragment & 0x2000) != 0;
    packet.content =
        packet.moreFragments || packet.fragmentOffset > 0 ? IpPacket::Content::Fragment : IpPacket::Content::Whole;
    setBody(packet, bytes, head, total - head);
}

void parseIpv6(QByteArrayView bytes, IpPacket& packet)
{
    constexpr qsizetype head = 40;
    packet.ipv6 = true;
    if (bytes.size() < head) {
        packet.content = IpPacket::Content::Cut;
        return;
    }
    std::memcpy(packet.source.bytes.data(), bytes.data() + 8, 16);
    std::memcpy(packet.destination.bytes.data(), bytes.data() + 24, 16);
    const qsizetype length = number16(bytes, 4);
    const qsizetype total = length == 0 ? bytes.size() : head + length; // 0: as above
    quint8 next = number8(bytes, 6);
    qsizetype at = head;
    for (int i = 0; i < mostExtensions; ++i) {
        const bool isFragment = next == extensionFragment;
        if (next != extensionHopByHop && next != extensionRouting && next != extensionDestination && next != protocolAh
            && !isFragment) {
            if (at <= total) {
                packet.protocol = next;
                packet.content = IpPacket::Content::Whole;
                setBody(packet, bytes, at, total - at);
            }
            return;
        }
        if (bytes.size() < at + 8) {
            packet.content = bytes.size() < total ? IpPacket::Content::Cut : IpPacket::Content::Unknown;
            return;
        }
        const quint16 fragment = isFragment ? number16(bytes, at + 2) : 0;
        if ((fragment & 0xFFF9) != 0) { // not the only one of its packet (RFC 6946)
            packet.protocol = number8(bytes, at);
            packet.identification = number32(bytes, at + 4);
            packet.fragmentOffset = fragment & 0xFFF8;
            packet.moreFragments = (fragment & 1) != 0;
            packet.content = at + 8 <= total ? IpPacket::Content::Fragment : IpPacket::Content::Unknown;
            setBody(packet, bytes, at + 8, std::max<qsizetype>(total - at - 8, 0));
            return;
        }
        const qsizetype units = number8(bytes, at + 1);
        const qsizetype size = isFragment ? 8 : next == protocolAh ? (units + 2) * 4 : (units + 1) * 8;
        next = number8(bytes, at);
        at += size;
    }
}

} // namespace

void parseTransport(IpPacket& packet, QByteArrayView bytes, qsizetype missing)
{
    packet.content = IpPacket::Content::Whole;
    packet.payload = 0;
    packet.size = bytes.size();
    packet.missing = missing;
    if (packet.protocol != protocolTcp && packet.protocol != protocolUdp) {
        return;
    }
    const bool tcp = packet.protocol == protocolTcp;
    const qsizetype leastHead = tcp ? 20 : 8;
    if (bytes.size() < leastHead) {
        packet.content = IpPacket::Content::Cut;
        return;
    }
    packet.sourcePort = number16(bytes, 0);
    packet.destinationPort = number16(bytes, 2);
    qsizetype head = leastHead;
    qsizetype said = bytes.size() + missing;
    if (tcp) {
        head = (number8(bytes, 12) >> 4) * 4;
        packet.sequence = number32(bytes, 4);
        packet.acknowledged = number32(bytes, 8);
        packet.flags = number8(bytes, 13);
    } else if (const qsizetype length = number16(bytes, 4); length >= leastHead) {
        said = std::min(said, length);
    }
    if (head < leastHead || head > said) {
        packet.content = IpPacket::Content::Unknown;
        return;
    }
    setBody(packet, bytes, head, said - head);
}

IpPacket parseIp(QByteArrayView bytes)
{
    IpPacket packet;
    if (bytes.isEmpty()) {
        packet.content = IpPacket::Content::Cut;
        return packet;
    }
    switch (number8(bytes, 0) >> 4) {
    case 4:
        parseIpv4(bytes, packet);
        break;
    case 6:
        parseIpv6(bytes, packet);
        break;
    default:
        break;
    }
    if (packet.content == IpPacket::Content::Whole) {
        const qsizetype body = packet.payload;
        parseTransport(packet, bytes.sliced(body, packet.size), packet.missing);
        packet.payload += body;
    }
    return packet;
}

const char* tunnelName(quint8 protocol)
{
    switch (protocol) {
    case 4:
    case 41:
        return "IP-in-IP";
    case 47:
        return "GRE";
    case 50:
        return "ESP";
    case protocolAh: // in IPv6 it is one more extension header
        return "AH";
    case 115:
        return "L2TP";
    case 137:
        return "MPLS-in-IP";
    default:
        return nullptr;
    }
}

} // namespace sockeye
