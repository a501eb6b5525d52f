// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/capture/reader/link_layer.h"

#include "app/capture/pcapng/format.h"

#include <QtEndian>

#include <array>

namespace sockeye {

using namespace pcapng;

namespace {

constexpr quint16 etherIpv4 = 0x0800;
constexpr quint16 etherIpv6 = 0x86DD;

quint16 linkNumber16(QByteArrayView bytes, qsizetype at)
{
    return qFromBigEndian<quint16>(bytes.data() + at);
}

bool isIp(quint16 etherType)
{
    return etherType == etherIpv4 || etherType == etherIpv6;
}

bool isVlan(quint16 etherType)
{
    return etherType == 0x8100 || etherType == 0x88A8 || etherType == 0x9100;
}

qsizetype ethernet(QByteArrayView packet)
{
    qsizetype at = 12;
    for (int tags = 0; tags < 4; ++tags) {
        if (packet.size() < at + 2) {
            return -1;
        }
        const quint16 type = linkNumber16(packet, at);
        if (isIp(type)) {
            return at + 2;
        }
        if (!isVlan(type)) {
            return -1;
        }
        at += 4;
    }
    return -1;
}

qsizetype loopback(QByteArrayView packet)
{
    if (packet.size() < 4) {
        return -1;
    }
    // The address family in the byte order of whoever captured; IPv6 has a number of its own on each system.
    const quint32 little = qFromLittleEndian<quint32>(packet.data());
    const quint32 family = little < 0x10000 ? little : qbswap(little);
    const bool ip = family == 2 || family == 10 || family == 24 || family == 28 || family == 30;
    return ip ? 4 : -1;
}

} // namespace

bool isKnownLink(quint32 linkType)
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
        return true;
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
        Name { 9, "PPP" },
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

qsizetype ipOffset(quint32 linkType, QByteArrayView packet)
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
        return 0;
    case linkLinuxCooked:
        return packet.size() >= 16 && isIp(linkNumber16(packet, 14)) ? 16 : -1;
    case linkLinuxCooked2:
        return packet.size() >= 20 && isIp(linkNumber16(packet, 0)) ? 20 : -1;
    default:
        return -1;
    }
}

} // namespace sockeye
