// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/formats/pcapng/packet_builder.h"

#include <QByteArrayView>

namespace sockeye {

/// The heads of an IP packet, taken apart. Offsets count from the first byte of the IP packet.
struct IpPacket {
    enum class Content : quint8 {
        Whole, ///< TCP and UDP: their heads could be read. Other protocols: the IP head
        Fragment, ///< a part of a packet: what it carries is to be put together first
        Cut, ///< the heads are not all there
        Unknown, ///< no IP, or heads that contradict themselves
    };
    Content content = Content::Unknown;
    bool ipv6 = false;
    pcapng::IpAddress source;
    pcapng::IpAddress destination;
    quint8 protocol = 0;
    qsizetype payload = 0; ///< offset of what the transport (or the protocol, if another) carries; of a fragment: of
                           ///< its part
    qsizetype size = 0; ///< bytes of it that were captured
    qsizetype missing = 0; ///< bytes of it that the capture cut off
    quint32 identification = 0; ///< of IPv6, only in fragments; 0: there is none
    // Fragment
    qsizetype fragmentOffset = 0; ///< of its part in the whole
    bool moreFragments = false; ///< false: it is the last part
    // TCP and UDP
    quint16 sourcePort = 0;
    quint16 destinationPort = 0;
    // TCP
    quint8 flags = 0;
    quint32 sequence = 0;
    quint32 acknowledged = 0;
};

[[nodiscard]] IpPacket parseIp(QByteArrayView bytes);

/// Takes apart what the fragments of `packet` carried, put together: `missing` more bytes of it are not there. Offsets
/// count from the first of `bytes` then.
void parseTransport(IpPacket& packet, QByteArrayView bytes, qsizetype missing);

/// What hides in a packet of that IP protocol: "GRE"; null if nothing that may be IP in turn. A name of a standard.
[[nodiscard]] const char* tunnelName(quint8 protocol);

} // namespace sockeye
