// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>

namespace sockeye {

/// One end of a conversation and what it says: foreign packets for tests, built by hand.
struct TestPacket {
    QByteArray payload;
    quint8 flags = 0x10; ///< TCP: ACK
    quint32 sequence = 0;
    quint32 acknowledged = 0;
    bool fromClient = true; ///< 10.0.0.1:50000 to 10.0.0.2:80, or back
    bool udp = false;
    bool ipv6 = false;
    quint16 clientPort = 50000;
};
/// IP packet with right checksums.
[[nodiscard]] QByteArray ipPacket(const TestPacket& packet);

/// A fragment of an IP packet: `size` bytes of what it carries, from `offset` on. Those of one packet have one number.
[[nodiscard]] QByteArray ipFragment(const QByteArray& ip, qsizetype offset, qsizetype size, quint16 number);
/// An IP packet with another protocol (of IPv6: next header) and body.
[[nodiscard]] QByteArray ipv4Packet(quint8 protocol, const QByteArray& body);
[[nodiscard]] QByteArray ipv6Packet(quint8 next, const QByteArray& body);

/// `bytes` behind the link layer of that type.
[[nodiscard]] QByteArray linkPacket(quint32 linkType, const QByteArray& ip, bool ipv6 = false);

/// Classic pcap: head and records; each record is a second later than the one before.
[[nodiscard]] QByteArray pcapFile(quint32 linkType, const QByteArrayList& packets, bool bigEndian = false,
    bool nanoseconds = false, int cutAt = 65535);

/// pcapng blocks of any kind, in either byte order.
class BlockBuilder {
public:
    explicit BlockBuilder(bool bigEndian = false)
        : m_bigEndian(bigEndian)
    {
    }
    [[nodiscard]] QByteArray section(const QByteArray& options = {}) const;
    [[nodiscard]] QByteArray interface(quint32 linkType, int resolution = -1, quint32 snapLength = 0) const;
    [[nodiscard]] QByteArray enhanced(
        quint32 interface, quint64 ticks, const QByteArray& packet, const QByteArray& options = {}) const;
    /// Of a packet that was longer.
    [[nodiscard]] QByteArray cut(quint32 interface, quint64 ticks, const QByteArray& packet, qsizetype size) const;
    [[nodiscard]] QByteArray simple(const QByteArray& packet) const;
    [[nodiscard]] QByteArray obsolete(quint16 interface, quint64 ticks, const QByteArray& packet) const;
    [[nodiscard]] QByteArray block(quint32 type, const QByteArray& body) const;
    [[nodiscard]] QByteArray option(quint16 code, const QByteArray& value) const;
    [[nodiscard]] QByteArray number(quint32 value) const;
    [[nodiscard]] QByteArray number16(quint16 value) const;

private:
    bool m_bigEndian;
};

} // namespace sockeye
