// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>
#include <QtGlobal>

#include <array>

class QHostAddress;

namespace sockeye::pcapng {

/// An IP address as it stands in a packet.
struct IpAddress {
    std::array<char, 16> bytes {}; ///< the first four for IPv4
    friend bool operator==(const IpAddress&, const IpAddress&) = default;
};

/// What an IP packet says apart from its payload.
struct PacketHeads {
    bool ipv6 = false;
    IpAddress source;
    IpAddress destination;
    quint8 protocol = 0;
    // TCP and UDP
    quint16 sourcePort = 0;
    quint16 destinationPort = 0;
    // TCP
    quint8 flags = 0;
    quint32 sequence = 0;
    quint32 acknowledged = 0; ///< written if flags has ACK
    quint16 window = 65535;

    /// Bytes before the payload.
    [[nodiscard]] qsizetype size() const;
    /// Writes heads and payload, with right checksums, to `to`, which has room for size() + payload.size() bytes.
    void write(char* to, QByteArrayView payload) const;
};

/// The most payload that one packet carries here, over either version of IP.
inline constexpr qsizetype maxTcpPayload = 65'495;

/// Whether `address` is IPv4, also where it hides in an IPv6 one.
[[nodiscard]] bool isIpv4(const QHostAddress& address);
[[nodiscard]] IpAddress toIpAddress(const QHostAddress& address, bool ipv6);

} // namespace sockeye::pcapng
