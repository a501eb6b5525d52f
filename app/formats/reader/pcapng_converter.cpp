// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/reader/pcapng_converter.h"

#include "app/formats/pcapng/block_writer.h"
#include "app/formats/pcapng/format.h"
#include "app/formats/reader/packet_source.h"
#include "app/storage/file_copy.h"
#include "app/storage/file_store.h"

#include <QSaveFile>

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

Failure saveAsPcapng(const FileStore& from, const QString& name)
{
    if (isPcapng(from)) {
        return copyBytes(from, from.readableEnd(), name);
    }
    QSaveFile file(name);
    if (!file.open(QIODevice::WriteOnly)) {
        return saveFailure(file);
    }
    if (!convertToPcapng(from, file)) {
        file.cancelWriting();
        return saveFailure(file);
    }
    return file.commit() ? Failure() : saveFailure(file);
}

} // namespace sockeye
