// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/capture/pcapng/packet_builder.h"

#include <QByteArrayView>

#include <optional>

namespace sockeye {

/// The heads of an IP packet, taken apart. Offsets count from the first byte of the IP packet.
struct IpPacket {
    bool ipv6 = false;
    bool fragment = false; ///< a part of a packet: the rest says nothing
    pcapng::IpAddress source;
    pcapng::IpAddress destination;
    quint8 protocol = 0;
    // TCP and UDP
    quint16 sourcePort = 0;
    quint16 destinationPort = 0;
    qsizetype payload = 0; ///< offset of what the transport (or the protocol, if another) carries
    qsizetype size = 0; ///< bytes of it that were captured
    qsizetype missing = 0; ///< bytes of it that the capture cut off
    // TCP
    quint8 flags = 0;
    quint32 sequence = 0;
    quint32 acknowledged = 0;
};

/// None if `bytes` are no IP packet whose heads are whole.
[[nodiscard]] std::optional<IpPacket> parseIp(QByteArrayView bytes);

} // namespace sockeye
