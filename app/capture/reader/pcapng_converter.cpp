// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/capture/reader/pcapng_converter.h"

#include "app/capture/pcapng/block_writer.h"
#include "app/capture/pcapng/format.h"
#include "app/capture/reader/file_store.h"
#include "app/capture/reader/packet_source.h"

#include <QIODevice>

namespace sockeye {

bool isPcapng(const FileStore& store)
{
    FileWindow file(store);
    const char* magic = file.at(0, 4);
    return magic && qFromLittleEndian<quint32>(magic) == pcapng::sectionHeaderBlock;
}

bool convertToPcapng(const FileStore& from, QIODevice& to)
{
    FileWindow file(from);
    const std::unique_ptr<PacketSource> source = newPacketSource(file);
    if (!source) {
        return true;
    }
    // Not under our own name: readers take that for a file with made-up headers.
    const QByteArray section = pcapng::sectionHead("Converted by Sockeye", {});
    if (to.write(section) != section.size()) {
        return false;
    }
    bool hasInterface = false;
    QByteArray buffer;
    while (const Packet* packet = source->next()) {
        if (!hasInterface) {
            hasInterface = true;
            const QByteArray interface = pcapng::interfaceHead(packet->linkType, {}, {});
            if (to.write(interface) != interface.size()) {
                return false;
            }
        }
        pcapng::PacketBlock block;
        block.packetSize = packet->bytes.size();
        block.originalSize = packet->originalSize;
        block.time = packet->time;
        buffer.resize(block.size());
        char* const place = block.write(buffer.data());
        std::memcpy(place, packet->bytes.data(), static_cast<std::size_t>(packet->bytes.size()));
        if (to.write(buffer) != buffer.size()) {
            return false;
        }
    }
    return true;
}

} // namespace sockeye
