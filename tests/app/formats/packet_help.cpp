// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/formats/packet_help.h"

#include "app/formats/pcapng/format.h"
#include "app/formats/pcapng/packet_builder.h"

#include <QHostAddress>
#include <QtEndian>

namespace sockeye {

using namespace pcapng;

namespace {

template <typename T> QByteArray bytesOf(T value, bool bigEndian)
{
    QByteArray bytes(sizeof value, Qt::Uninitialized);
    bigEndian ? qToBigEndian(value, bytes.data()) : qToLittleEndian(value, bytes.data());
    return bytes;
}

QByteArray padded(QByteArray bytes)
{
    bytes.append((4 - bytes.size() % 4) % 4, '\0');
    return bytes;
}

} // namespace

QByteArray ipPacket(const TestPacket& packet)
{
    PacketHeads heads;
    heads.ipv6 = packet.ipv6;
    const QString format = packet.ipv6 ? QStringLiteral("fd00::%1") : QStringLiteral("10.0.0.%1");
    const IpAddress client = toIpAddress(QHostAddress(format.arg(1)), packet.ipv6);
    const IpAddress server = toIpAddress(QHostAddress(format.arg(2)), packet.ipv6);
    heads.source = packet.fromClient ? client : server;
    heads.destination = packet.fromClient ? server : client;
    heads.sourcePort = packet.fromClient ? packet.clientPort : 80;
    heads.destinationPort = packet.fromClient ? 80 : packet.clientPort;
    heads.protocol = packet.udp ? protocolUdp : protocolTcp;
    heads.flags = packet.flags;
    heads.sequence = packet.sequence;
    heads.acknowledged = packet.acknowledged;
    QByteArray bytes(heads.size() + packet.payload.size(), Qt::Uninitialized);
    heads.write(bytes.data(), packet.payload);
    return bytes;
}

QByteArray ipv4Packet(quint8 protocol, const QByteArray& body)
{
    QByteArray packet = ipPacket({ .payload = {}, .udp = true }).first(20) + body;
    packet[9] = static_cast<char>(protocol);
    qToBigEndian(static_cast<quint16>(packet.size()), packet.data() + 2);
    return packet;
}

QByteArray ipv6Packet(quint8 next, const QByteArray& body)
{
    QByteArray packet = ipPacket({ .payload = {}, .udp = true, .ipv6 = true }).first(40) + body;
    packet[6] = static_cast<char>(next);
    qToBigEndian(static_cast<quint16>(body.size()), packet.data() + 4);
    return packet;
}

QByteArray ipFragment(const QByteArray& ip, qsizetype offset, qsizetype size, quint16 number)
{
    const bool ipv6 = (static_cast<quint8>(ip[0]) >> 4) == 6;
    const qsizetype head = ipv6 ? 40 : 20;
    const QByteArray part = ip.mid(head + offset, size);
    const bool more = head + offset + size < ip.size();
    if (!ipv6) {
        QByteArray packet = ip.first(head) + part;
        qToBigEndian(static_cast<quint16>(packet.size()), packet.data() + 2);
        qToBigEndian(number, packet.data() + 4);
        qToBigEndian(static_cast<quint16>((more ? 0x2000 : 0) | offset / 8), packet.data() + 6);
        return packet;
    }
    QByteArray extension(8, '\0');
    extension[0] = ip[6];
    qToBigEndian(static_cast<quint16>(offset | (more ? 1 : 0)), extension.data() + 2);
    qToBigEndian(static_cast<quint32>(number), extension.data() + 4);
    QByteArray packet = ip.first(head) + extension + part;
    packet[6] = 44;
    qToBigEndian(static_cast<quint16>(packet.size() - head), packet.data() + 4);
    return packet;
}

QByteArray linkPacket(quint32 linkType, const QByteArray& ip, bool ipv6)
{
    const QByteArray etherType = ipv6 ? QByteArray::fromHex("86dd") : QByteArray::fromHex("0800");
    switch (linkType) {
    case linkNull:
        return bytesOf<quint32>(ipv6 ? 30 : 2, false) + ip;
    case linkLoop:
        return bytesOf<quint32>(ipv6 ? 24 : 2, true) + ip;
    case linkEthernet:
        return QByteArray(12, '\x11') + etherType + ip;
    case linkLinuxCooked:
        return QByteArray(14, '\0') + etherType + ip;
    case linkLinuxCooked2:
        return etherType + QByteArray(18, '\0') + ip;
    default:
        return ip;
    }
}

QByteArray pcapFile(quint32 linkType, const QByteArrayList& packets, bool bigEndian, bool nanoseconds, int cutAt)
{
    QByteArray file = bytesOf<quint32>(nanoseconds ? 0xA1B23C4D : 0xA1B2C3D4, bigEndian)
        + bytesOf<quint16>(2, bigEndian) + bytesOf<quint16>(4, bigEndian) + QByteArray(8, '\0')
        + bytesOf<quint32>(65535, bigEndian) + bytesOf(linkType, bigEndian);
    quint32 seconds = 1000;
    for (const QByteArray& packet : packets) {
        const QByteArray kept = packet.first(std::min<qsizetype>(packet.size(), cutAt));
        file += bytesOf(seconds++, bigEndian) + bytesOf<quint32>(5, bigEndian)
            + bytesOf(static_cast<quint32>(kept.size()), bigEndian)
            + bytesOf(static_cast<quint32>(packet.size()), bigEndian) + kept;
    }
    return file;
}

QByteArray BlockBuilder::number(quint32 value) const
{
    return bytesOf(value, m_bigEndian);
}

QByteArray BlockBuilder::number16(quint16 value) const
{
    return bytesOf(value, m_bigEndian);
}

QByteArray BlockBuilder::block(quint32 type, const QByteArray& body) const
{
    const QByteArray whole = padded(body);
    const QByteArray size = number(static_cast<quint32>(whole.size() + 12));
    return number(type) + size + whole + size;
}

QByteArray BlockBuilder::option(quint16 code, const QByteArray& value) const
{
    return number16(code) + number16(static_cast<quint16>(value.size())) + padded(value);
}

QByteArray BlockBuilder::section(const QByteArray& options) const
{
    return block(
        sectionHeaderBlock, number(byteOrderMagic) + number16(1) + number16(0) + QByteArray(8, '\xFF') + options);
}

QByteArray BlockBuilder::interface(quint32 linkType, int resolution, quint32 snapLength) const
{
    const QByteArray options =
        resolution < 0 ? QByteArray() : option(timeResolutionOption, QByteArray(1, static_cast<char>(resolution)));
    return block(interfaceBlock, number16(static_cast<quint16>(linkType)) + number16(0) + number(snapLength) + options);
}

QByteArray BlockBuilder::enhanced(
    quint32 interface, quint64 ticks, const QByteArray& packet, const QByteArray& options) const
{
    const QByteArray size = number(static_cast<quint32>(packet.size()));
    return block(enhancedPacketBlock,
        number(interface) + number(static_cast<quint32>(ticks >> 32)) + number(static_cast<quint32>(ticks)) + size
            + size + padded(packet) + options);
}

QByteArray BlockBuilder::cut(quint32 interface, quint64 ticks, const QByteArray& packet, qsizetype size) const
{
    return block(enhancedPacketBlock,
        number(interface) + number(static_cast<quint32>(ticks >> 32)) + number(static_cast<quint32>(ticks))
            + number(static_cast<quint32>(packet.size())) + number(static_cast<quint32>(size)) + padded(packet));
}

QByteArray BlockBuilder::simple(const QByteArray& packet) const
{
    return block(simplePacketBlock, number(static_cast<quint32>(packet.size())) + packet);
}

QByteArray BlockBuilder::obsolete(quint16 interface, quint64 ticks, const QByteArray& packet) const
{
    const QByteArray size = number(static_cast<quint32>(packet.size()));
    return block(obsoletePacketBlock,
        number16(interface) + number16(0) + number(static_cast<quint32>(ticks >> 32))
            + number(static_cast<quint32>(ticks)) + size + size + packet);
}

} // namespace sockeye
