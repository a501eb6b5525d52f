// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

/// The numbers of pcapng (draft-ietf-opsawg-pcapng), classic pcap (draft-ietf-opsawg-pcap) and the headers in them.
namespace sockeye::pcapng {

// Block types, section 4 of the draft.
inline constexpr quint32 sectionHeaderBlock = 0x0A0D0D0A;
inline constexpr quint32 interfaceBlock = 1;
inline constexpr quint32 obsoletePacketBlock = 2;
inline constexpr quint32 simplePacketBlock = 3;
inline constexpr quint32 enhancedPacketBlock = 6;
inline constexpr quint32 byteOrderMagic = 0x1A2B3C4D;

// Options, sections 3.5, 4.1, 4.2 and 4.3.
inline constexpr quint16 endOfOptions = 0;
inline constexpr quint16 commentOption = 1;
inline constexpr quint16 hardwareOption = 2;
inline constexpr quint16 systemOption = 3;
inline constexpr quint16 applicationOption = 4;
inline constexpr quint16 interfaceNameOption = 2;
inline constexpr quint16 interfaceDescriptionOption = 3;
inline constexpr quint16 timeResolutionOption = 9;
inline constexpr quint16 timeOffsetOption = 14;
inline constexpr quint16 packetFlagsOption = 2;

// The lowest two bits of epb_flags.
inline constexpr quint32 inbound = 1;
inline constexpr quint32 outbound = 2;

// Link types (the registry at tcpdump.org).
inline constexpr quint32 linkNull = 0;
inline constexpr quint32 linkEthernet = 1;
inline constexpr quint32 linkPpp = 9;
inline constexpr quint32 linkRawOpenBsd = 12;
inline constexpr quint32 linkRawBsd = 14;
inline constexpr quint32 linkPppSerial = 50;
inline constexpr quint32 linkRaw = 101;
inline constexpr quint32 linkLoop = 108;
inline constexpr quint32 linkLinuxCooked = 113;
inline constexpr quint32 linkPflog = 117;
inline constexpr quint32 linkUser2 = 149; // for private use; Apple's libpcap has PKTAP there
inline constexpr quint32 linkPppDirection = 204;
inline constexpr quint32 linkIpv4 = 228;
inline constexpr quint32 linkIpv6 = 229;
inline constexpr quint32 linkNflog = 239;
inline constexpr quint32 linkPktap = 258;
inline constexpr quint32 linkLinuxCooked2 = 276;

// TCP flags, RFC 9293 §3.1.
inline constexpr quint8 fin = 0x01;
inline constexpr quint8 syn = 0x02;
inline constexpr quint8 rst = 0x04;
inline constexpr quint8 psh = 0x08;
inline constexpr quint8 ack = 0x10;

// IP protocols. 253 is for experimentation (RFC 3692): the packets in which our files tell what no packet can.
inline constexpr quint8 protocolTcp = 6;
inline constexpr quint8 protocolUdp = 17;
inline constexpr quint8 protocolEvent = 253;

} // namespace sockeye::pcapng
