// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/reader/link_layer.h"

#include "app/formats/pcapng/format.h"

#include <QtEndian>

#include <algorithm>
#include <array>

namespace sockeye {

using namespace pcapng;

namespace {

constexpr quint16 etherIpv4 = 0x0800;
constexpr quint16 etherIpv6 = 0x86DD;
// Smaller numbers in the place of an EtherType are the length of an IEEE 802.2 frame.
constexpr quint16 leastEtherType = 0x0600;
constexpr quint16 cooked8022 = 4; // Linux's ETH_P_802_2 in the place of an EtherType

constexpr LinkContent noIp;
constexpr LinkContent cutShort { -1, nullptr, true };

quint8 linkNumber8(QByteArrayView bytes, qsizetype at)
{
    return static_cast<quint8>(bytes[at]);
}

quint16 linkNumber16(QByteArrayView bytes, qsizetype at)
{
    return qFromBigEndian<quint16>(bytes.data() + at);
}

LinkContent ipAt(QByteArrayView packet, qsizetype at)
{
    return at < packet.size() ? LinkContent { at, nullptr, false } : cutShort;
}

LinkContent hiddenIn(const char* tunnel)
{
    return { -1, tunnel, false };
}

bool isVlan(quint16 etherType)
{
    return etherType == 0x8100 || etherType == 0x88A8 || etherType == 0x9100;
}

/// IEEE 802.2: a header with SNAP's numbers carries an EtherType in turn.
LinkContent behindLength(QByteArrayView packet, qsizetype at)
{
    if (packet.size() < at + 2) {
        return cutShort;
    }
    return linkNumber16(packet, at) == 0xAAAA ? hiddenIn("SNAP (IEEE 802.2)") : noIp;
}

/// What an EtherType announces, and where that begins.
LinkContent behindEtherType(QByteArrayView packet, quint16 type, qsizetype at)
{
    for (int tags = 0; tags < 4 && isVlan(type); ++tags) {
        if (packet.size() < at + 4) {
            return cutShort;
        }
        type = linkNumber16(packet, at + 2);
        at += 4;
    }
    switch (type) {
    case etherIpv4:
    case etherIpv6:
        return ipAt(packet, at);
    case 0x8847:
    case 0x8848:
        return hiddenIn("MPLS");
    case 0x8863:
    case 0x8864:
        return hiddenIn("PPPoE");
    case 0x88E5:
        return hiddenIn("MACsec");
    case 0x88E7:
        return hiddenIn("PBB (IEEE 802.1ah)");
    default:
        return type < leastEtherType ? behindLength(packet, at) : noIp;
    }
}

LinkContent ethernet(QByteArrayView packet)
{
    return packet.size() < 14 ? cutShort : behindEtherType(packet, linkNumber16(packet, 12), 14);
}

LinkContent cooked(QByteArrayView packet, qsizetype typeAt, qsizetype head)
{
    if (packet.size() < head) {
        return cutShort;
    }
    const quint16 type = linkNumber16(packet, typeAt);
    return type < leastEtherType && type != cooked8022 ? noIp : behindEtherType(packet, type, head);
}

bool isIpFamily(quint32 family)
{
    // IPv6 has a number of its own on each system.
    return family == 2 || family == 10 || family == 24 || family == 28 || family == 30;
}

LinkContent loopback(QByteArrayView packet)
{
    if (packet.size() < 4) {
        return cutShort;
    }
    // The address family in the byte order of whoever captured.
    const quint32 little = qFromLittleEndian<quint32>(packet.data());
    return isIpFamily(little < 0x10000 ? little : qbswap(little)) ? ipAt(packet, 4) : noIp;
}

/// RFC 1661, with or without the two bytes of HDLC-like framing before it (RFC 1662).
LinkContent ppp(QByteArrayView packet, qsizetype at = 0)
{
    if (packet.size() >= at + 2 && linkNumber16(packet, at) == 0xFF03) {
        at += 2;
    }
    if (packet.size() < at + 2) {
        return cutShort;
    }
    // An odd first byte is a compressed protocol number.
    const bool isShort = (linkNumber8(packet, at) & 1) != 0;
    const quint16 protocol = isShort ? linkNumber8(packet, at) : linkNumber16(packet, at);
    at += isShort ? 1 : 2;
    switch (protocol) {
    case 0x0021:
    case 0x0057:
        return ipAt(packet, at);
    case 0x003D:
        return hiddenIn("PPP Multilink");
    case 0x0281:
    case 0x0283:
        return hiddenIn("MPLS");
    default:
        return noIp;
    }
}

/// OpenBSD's packet filter: a header whose first byte is its length without padding.
LinkContent pflog(QByteArrayView packet)
{
    if (packet.size() < 2) {
        return cutShort;
    }
    const qsizetype head = (linkNumber8(packet, 0) + 3) & ~qsizetype { 3 };
    return isIpFamily(linkNumber8(packet, 1)) ? ipAt(packet, head) : noIp;
}

/// Linux's netfilter log: attributes in the byte order of whoever captured, one of which is the IP packet.
LinkContent nflog(QByteArrayView packet)
{
    constexpr quint16 payloadAttribute = 9;
    if (packet.size() < 4) {
        return cutShort;
    }
    if (!isIpFamily(linkNumber8(packet, 0))) {
        return noIp;
    }
    qsizetype at = 4;
    while (packet.size() >= at + 4) {
        quint16 size = qFromLittleEndian<quint16>(packet.data() + at);
        quint16 type = qFromLittleEndian<quint16>(packet.data() + at + 2);
        if (type > 0xFF) { // there are not that many
            size = qbswap(size);
            type = qbswap(type);
        }
        if (type == payloadAttribute) {
            return ipAt(packet, at + 4);
        }
        if (size < 4) {
            return noIp;
        }
        at += (size + 3) & ~qsizetype { 3 };
    }
    return cutShort;
}

/// Whether a packet of a private link type begins with macOS's header, of a packet: its length and its kind.
bool looksLikePktap(QByteArrayView packet)
{
    constexpr quint32 shortest = 108;
    constexpr quint32 longest = 1024;
    if (packet.size() < 12) {
        return false;
    }
    const quint32 head = qFromLittleEndian<quint32>(packet.data());
    return head >= shortest && head <= longest && qFromLittleEndian<quint32>(packet.data() + 4) == 1;
}

/// macOS: a header, little-endian, that says how long it is and of which link type what follows is.
LinkContent pktap(QByteArrayView packet)
{
    if (packet.size() < 12) {
        return cutShort;
    }
    const quint32 head = qFromLittleEndian<quint32>(packet.data());
    const quint32 inner = qFromLittleEndian<quint32>(packet.data() + 8);
    if (head < 12 || inner == linkPktap || inner == linkUser2) {
        return noIp;
    }
    if (head > packet.size()) {
        return cutShort;
    }
    LinkContent content = linkContent(inner, packet.sliced(head));
    if (content.ip >= 0) {
        content.ip += head;
    }
    return content;
}

} // namespace

bool isKnownLink(quint32 linkType, QByteArrayView packet)
{
    switch (linkType) {
    case linkNull:
    case linkLoop:
    case linkEthernet:
    case linkRaw:
    case linkRawBsd:
    case linkRawOpenBsd:
    case linkIpv4:
    case linkIpv6:
    case linkLinuxCooked:
    case linkLinuxCooked2:
    case linkPpp:
    case linkPppSerial:
    case linkPppDirection:
    case linkPflog:
    case linkNflog:
    case linkPktap:
        return true;
    case linkUser2:
        return looksLikePktap(packet);
    default:
        return false;
    }
}

QString linkName(quint32 linkType)
{
    struct Name {
        quint32 type;
        const char* name;
    };
    // Those that people meet and that carry no IP for us (the registry at tcpdump.org).
    static constexpr std::array names {
        Name { 105, "IEEE 802.11" },
        Name { 119, "IEEE 802.11, Prism" },
        Name { 127, "IEEE 802.11, radiotap" },
        Name { 163, "IEEE 802.11, AVS" },
        Name { 187, "Bluetooth HCI" },
        Name { 192, "per-packet information" },
        Name { 195, "IEEE 802.15.4" },
        Name { 201, "Bluetooth HCI" },
        Name { 220, "USB" },
    };
    QString text = QString::number(linkType);
    for (const Name& each : names) {
        if (each.type == linkType) {
            text += QLatin1StringView(" (") + QLatin1StringView(each.name) + u')';
        }
    }
    return text;
}

LinkContent linkContent(quint32 linkType, QByteArrayView packet)
{
    switch (linkType) {
    case linkNull:
    case linkLoop:
        return loopback(packet);
    case linkEthernet:
        return ethernet(packet);
    case linkRaw:
    case linkRawBsd:
    case linkRawOpenBsd:
    case linkIpv4:
    case linkIpv6:
        return ipAt(packet, 0);
    case linkLinuxCooked:
        return cooked(packet, 14, 16);
    case linkLinuxCooked2:
        return cooked(packet, 0, 20);
    case linkPpp:
    case linkPppSerial:
        return ppp(packet);
    case linkPppDirection:
        return ppp(packet, 1);
    case linkPflog:
        return pflog(packet);
    case linkNflog:
        return nflog(packet);
    case linkPktap:
    case linkUser2:
        return pktap(packet);
    default:
        return noIp;
    }
}

} // namespace sockeye
