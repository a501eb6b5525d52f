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

namespace {

/// Whether the file begins as one of ours.
bool isOwn(const FileStore& store)
{
    FileWindow file(store);
    const std::unique_ptr<PacketSource> source = newPacketSource(file);
    return source && source->next() && source->isOwn();
}

} // namespace

bool isPcapng(const FileStore& store)
{
    FileWindow file(store);
    const char* magic = file.at(0, 4);
    return magic && qFromLittleEndian<quint32>(magic) == pcapng::sectionHeaderBlock;
}

bool convertToPcapng(const FileStore& from, const pcapng::CommentChanges& changes, QIODevice& to)
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
    pcapng::CommentCursor cursor(changes);
    std::vector<QByteArray> comments;
    bool unmark = false;
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
        if (cursor.take(packet->position, packet->bytes.size(), comments, unmark)) {
            buffer = pcapng::withComments(buffer, false, comments, unmark);
        }
        if (to.write(buffer) != buffer.size()) {
            return false;
        }
    }
    return true;
}

Failure saveAsPcapng(const FileStore& from, pcapng::CommentChanges changes, const QString& name)
{
    // Elsewhere a packet may repeat what came before, so that what is new of it begins somewhere in it.
    if (!isOwn(from)) {
        for (pcapng::PlacedMark& mark : changes.marks) {
            mark.isFirst = false;
        }
    }
    if (isPcapng(from)) {
        return pcapng::copyWithComments(from, from.readableEnd(), changes, name);
    }
    QSaveFile file(name);
    if (!file.open(QIODevice::WriteOnly)) {
        return saveFailure(file);
    }
    if (!convertToPcapng(from, changes, file)) {
        file.cancelWriting();
        return saveFailure(file);
    }
    return file.commit() ? Failure() : saveFailure(file);
}

} // namespace sockeye
