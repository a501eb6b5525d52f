// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/reader/packet_opener.h"

#include "app/formats/pcapng/format.h"
#include "app/formats/reader/link_layer.h"

#include <algorithm>
#include <utility>

namespace sockeye {

using namespace pcapng;

const OpenedPacket* PacketOpener::open(const Packet& packet)
{
    using Why = UnshownPackets::Why;
    if (!isKnownLink(packet.linkType, packet.bytes)) {
        m_unshown.addLink(packet.linkType);
        return nullptr;
    }
    const LinkContent link = linkContent(packet.linkType, packet.bytes);
    if (link.tunnel) {
        m_unshown.addTunnel(link.tunnel);
        return nullptr;
    }
    if (link.ip < 0) {
        m_unshown.add(link.isCut ? Why::CutHeads : Why::NoTransport);
        return nullptr;
    }
    const IpPacket ip = parseIp(packet.bytes.sliced(link.ip));
    const char* const tunnel = tunnelName(ip.protocol);
    const bool isTransport = ip.protocol == protocolTcp || ip.protocol == protocolUdp;
    switch (ip.content) {
    case IpPacket::Content::Whole:
        if (!tunnel) {
            return take(packet, ip, link.ip + ip.payload);
        }
        break;
    case IpPacket::Content::Fragment:
        if (isTransport) {
            return join(packet, ip, link.ip + ip.payload);
        }
        break;
    case IpPacket::Content::Cut:
        m_unshown.add(Why::CutHeads);
        return nullptr;
    case IpPacket::Content::Unknown:
        m_unshown.add(Why::NoTransport);
        return nullptr;
    }
    tunnel ? m_unshown.addTunnel(tunnel) : m_unshown.add(Why::NoTransport);
    return nullptr;
}

const OpenedPacket* PacketOpener::take(const Packet& packet, const IpPacket& ip, qsizetype at)
{
    m_opened.ip = ip;
    m_opened.payload = packet.bytes.sliced(at, ip.size);
    m_pieces.assign(1, { packet.position + at, ip.size });
    m_opened.pieces = m_pieces;
    return &m_opened;
}

const OpenedPacket* PacketOpener::join(const Packet& packet, const IpPacket& ip, qsizetype at)
{
    auto whole = m_fragments.add(ip, packet.bytes.sliced(at, ip.size), packet.position + at, packet.time);
    if (!whole) {
        return nullptr;
    }
    m_whole = std::move(*whole);
    m_opened.ip = ip;
    IpPacket& joined = m_opened.ip;
    parseTransport(joined, m_whole.bytes, m_whole.missing);
    if (joined.content != IpPacket::Content::Whole) {
        m_unshown.add(joined.content == IpPacket::Content::Cut ? UnshownPackets::Why::CutHeads
                                                               : UnshownPackets::Why::NoTransport);
        return nullptr;
    }
    m_opened.payload = QByteArrayView(m_whole.bytes).sliced(joined.payload, joined.size);
    // Where that lies: behind the transport's head, and not beyond what that says there is.
    m_pieces.clear();
    qint64 toSkip = joined.payload;
    qint64 toTake = joined.size;
    for (PayloadPiece piece : m_whole.pieces) {
        const qint64 skipped = std::min(toSkip, piece.size);
        toSkip -= skipped;
        piece.position += skipped;
        piece.size = std::min(piece.size - skipped, toTake);
        toTake -= piece.size;
        if (piece.size > 0) {
            m_pieces.push_back(piece);
        }
    }
    if (m_pieces.empty()) {
        m_pieces.push_back({ packet.position + at, 0 });
    }
    m_opened.pieces = m_pieces;
    return &m_opened;
}

void PacketOpener::countFragments(bool final)
{
    m_unshown.set(UnshownPackets::Why::LostFragments, m_fragments.givenUp() + (final ? m_fragments.waiting() : 0));
    m_unshown.set(UnshownPackets::Why::ContradictingFragments, m_fragments.contradicting());
}

} // namespace sockeye
