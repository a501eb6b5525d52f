// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/formats/reader/fragment_table.h"
#include "app/formats/reader/packet_source.h"
#include "app/formats/reader/unshown_packets.h"

#include <span>
#include <vector>

namespace sockeye {

/// What a packet of a file carries.
struct OpenedPacket {
    IpPacket ip;
    QByteArrayView payload;
    std::span<const PayloadPiece> pieces; ///< where it lies in the file
};

/// Opens packets: link layer, IP, fragments of it, and the heads of TCP and UDP.
class PacketOpener {
public:
    /// What cannot be opened is counted in `unshown`, which outlives this.
    explicit PacketOpener(UnshownPackets& unshown)
        : m_unshown(unshown)
    {
    }

    /// Null if there is nothing in it, or not yet. Valid until the next one is opened, and as long as the packet.
    [[nodiscard]] const OpenedPacket* open(const Packet& packet);
    /// Counts the fragments that are no longer waited for, and if nothing more comes all others, too.
    void countFragments(bool final);

private:
    [[nodiscard]] const OpenedPacket* take(const Packet& packet, const IpPacket& ip, qsizetype at);
    [[nodiscard]] const OpenedPacket* join(const Packet& packet, const IpPacket& ip, qsizetype at);

    UnshownPackets& m_unshown;
    FragmentTable m_fragments;
    FragmentTable::Whole m_whole; ///< what fragments carried
    std::vector<PayloadPiece> m_pieces;
    OpenedPacket m_opened;
};

} // namespace sockeye
