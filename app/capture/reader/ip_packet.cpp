// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/capture/reader/ip_packet.h"

#include "app/capture/pcapng/format.h"

#include <QtEndian>

#include <algorithm>
#include <cstring>

namespace sockeye {

using namespace pcapng;

namespace {

constexpr int mostExtensions = 16;

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

/// What comes after the IP heads: where, and how much the packet says there is.
struct Body {
    qsizetype at = 0;
    qsizetype size = 0;
};

std::optional<Body> parseIpv4(QByteArrayView bytes, IpPacket& packet)
{
    const qsizetype head = (number8(bytes, 0) & 0x0F) * 4;
    if (bytes.size() < 20 || head < 20 || bytes.size() < head) {
        return std::nullopt;
    }
    qsizetype total = number16(bytes, 2);
    if (total == 0) {
        total = bytes.size(); // captured before the network card cut it (segmentation offload)
    }
    if (total < head) {
        return std::nullopt;
    }
    packet.fragment = (number16(bytes, 6) & 0x3FFF) != 0; // offset, or more to come
    packet.protocol = number8(bytes, 9);
    std::memcpy(packet.source.bytes.data(), bytes.data() + 12, 4);
    std::memcpy(packet.destination.bytes.data(), bytes.data() + 16, 4);
    return Body { head, total - head };
}

std::optional<Body> parseIpv6(QByteArrayView bytes, IpPacket& packet)
{
    constexpr qsizetype head = 40;
    if (bytes.size() < head) {
        return std::nullopt;
    }
    packet.ipv6 = true;
    std::memcpy(packet.source.bytes.data(), bytes.data() + 8, 16);
    std::memcpy(packet.destination.bytes.data(), bytes.data() + 24, 16);
    const qsizetype length = number16(bytes, 4);
    const qsizetype total = length == 0 ? bytes.size() : head + length; // 0: as above
    quint8 next = number8(bytes, 6);
    qsizetype at = head;
    for (int i = 0; i < mostExtensions; ++i) {
        const bool fragmentHead = next == 44;
        if (next != 0 && next != 43 && next != 60 && next != 51 && !fragmentHead) {
            packet.protocol = next;
            return at <= total ? std::optional(Body { at, total - at }) : std::nullopt;
        }
        if (bytes.size() < at + 8) {
            return std::nullopt;
        }
        if (fragmentHead && (number16(bytes, at + 2) & 0xFFF9) != 0) {
            packet.fragment = true;
            packet.protocol = number8(bytes, at);
            return Body { at + 8, 0 };
        }
        const qsizetype units = number8(bytes, at + 1);
        const qsizetype size = fragmentHead ? 8 : next == 51 ? (units + 2) * 4 : (units + 1) * 8;
        next = number8(bytes, at);
        at += size;
    }
    return std::nullopt;
}

} // namespace

std::optional<IpPacket> parseIp(QByteArrayView bytes)
{
    if (bytes.isEmpty()) {
        return std::nullopt;
    }
    IpPacket packet;
    std::optional<Body> body;
    switch (number8(bytes, 0) >> 4) {
    case 4:
        body = parseIpv4(bytes, packet);
        break;
    case 6:
        body = parseIpv6(bytes, packet);
        break;
    default:
        break;
    }
    if (!body) {
        return std::nullopt;
    }
    if (packet.fragment) {
        return packet;
    }
    const QByteArrayView rest = bytes.sliced(std::min(body->at, bytes.size()));
    qsizetype head = 0;
    if (packet.protocol == protocolTcp) {
        if (rest.size() < 20) {
            return std::nullopt;
        }
        head = (number8(rest, 12) >> 4) * 4;
        if (head < 20) {
            return std::nullopt;
        }
        packet.sequence = number32(rest, 4);
        packet.acknowledged = number32(rest, 8);
        packet.flags = number8(rest, 13);
    } else if (packet.protocol == protocolUdp) {
        if (rest.size() < 8) {
            return std::nullopt;
        }
        head = 8;
        const qsizetype length = number16(rest, 4);
        if (length >= 8) {
            body->size = std::min(body->size, length);
        }
    }
    if (head > body->size) {
        return std::nullopt;
    }
    if (head > 0) {
        packet.sourcePort = number16(rest, 0);
        packet.destinationPort = number16(rest, 2);
    }
    const qsizetype said = body->size - head;
    packet.payload = std::min(body->at + head, bytes.size());
    packet.size = std::min(said, bytes.size() - packet.payload);
    packet.missing = said - packet.size;
    return packet;
}

} // namespace sockeye
