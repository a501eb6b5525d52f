// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture_checks.h"

#include "app/formats/reader/file_reader.h"
#include "app/formats/reader/packet_source.h"
#include "app/reading/reading_index.h"
#include "app/recording/capture_log.h"
#include "app/storage/file_store.h"
#include "fuzz_target.h"
#include "memory_file.h"
#include "protocol/protocols/app/app_protocol.h"
#include "protocol/protocols/raw/raw_protocol.h"

#include <algorithm>

namespace sockeye {

namespace {

struct Found {
    qint64 time = 0;
    quint32 linkType = 0;
    quint32 flags = 0;
    qint64 position = 0;
    qint64 size = 0;
    qint64 originalSize = 0;
    std::size_t comments = 0;
    bool own = false;
    friend bool operator==(const Found&, const Found&) = default;
};

std::vector<Found> packetsOf(QByteArrayView bytes)
{
    std::vector<Found> found;
    const MemoryFile file(bytes);
    FileWindow window(file);
    const std::unique_ptr<PacketSource> source = newPacketSource(window);
    if (!source) {
        return found;
    }
    qint64 end = 0;
    while (const Packet* packet = source->next()) {
        require(packet->position >= end, "packets overlap");
        end = packet->position + packet->bytes.size();
        require(end <= bytes.size(), "a packet beyond the end");
        require(source->position() >= end && source->position() <= bytes.size(), "reading stands in a packet");
        require(packet->bytes == bytes.sliced(packet->position, packet->bytes.size()), "a packet is not what is there");
        require(packet->originalSize >= packet->bytes.size(), "a packet was shorter than what is left of it");
        for (const QByteArrayView comment : packet->comments) {
            require(comment.size() <= bytes.size(), "a comment beyond the end");
        }
        found.push_back({ packet->time, packet->linkType, packet->flags, packet->position, packet->bytes.size(),
            packet->originalSize, packet->comments.size(), source->isOwn() });
    }
    require(source->position() <= bytes.size(), "reading went past the end");
    require(source->problem().isEmpty() || source->position() < bytes.size(), "a problem at the very end");
    require(source->next() == nullptr, "it goes on after the end");
    return found;
}

void checkStream(const CaptureLog& capture, quint32 connection, Direction direction, qint64 bytes)
{
    qint64 end = 0;
    qint64 sum = 0;
    for (const ChunkMark& mark : capture.chunks(connection, direction, 0, std::numeric_limits<qint64>::max())) {
        require(mark.offset >= end && mark.size > 0, "chunks out of order");
        end = mark.offset + mark.size;
        sum += mark.size;
        require(capture.read(connection, direction, mark.offset, mark.size).size() == mark.size,
            "a chunk cannot be read back");
    }
    require(sum == bytes, "chunks and connection disagree on the bytes");
}

void checkImport(QByteArrayView bytes, const ProtocolPtr& protocol)
{
    MemoryFile file(bytes);
    auto owned = std::make_unique<FileStore>(file.path());
    const FileStore& store = *owned;
    CaptureLog capture({}, std::move(owned));
    const auto reading = readFromBeginning(capture, protocol, {});
    FileReader reader(capture, store);
    const std::atomic<bool> cancelled { false };
    (void)reader.readOn(cancelled);
    // As when it was followed, and nothing more came.
    reader.settle();
    const qsizetype rows = reading->messages().count();
    require(reader.readOn(cancelled) == reader.readOn(cancelled), "the end is another one the second time");
    reader.settle();
    const MessageLog& messages = reading->messages();
    require(messages.count() == rows, "a file that did not grow gave more rows");
    for (qsizetype row = 0; row < messages.count(); ++row) {
        const MessageRecord record = messages.at(row);
        require(record.offset >= 0 && record.size >= 0, "a row before its stream");
        if (record.kind == RecordKind::Message) {
            require(record.text == 0, "a message with a text");
            require(capture.read(record.connection, record.direction, record.offset, record.size).size() == record.size,
                "a message cannot be read back");
        } else if (record.text != 0) {
            require(!messages.text(record.text).isNull(), "a text is lost");
        }
    }
    quint64 revision = 0;
    qint64 sum = 0;
    for (const ConnectionRecord& connection : reading->connections().changedSince(revision)) {
        checkStream(capture, connection.id, Direction::In, connection.bytesIn);
        checkStream(capture, connection.id, Direction::Out, connection.bytesOut);
        sum += connection.bytesIn + connection.bytesOut;
    }
    require(sum == capture.byteCount(), "connections and capture disagree on the bytes");
}

} // namespace

void checkCaptureFile(const QByteArray& file)
{
    const std::vector<Found> whole = packetsOf(file);
    // Cut at a place that the input chooses: exactly the packets before it.
    const qsizetype cut = file.isEmpty() ? 0 : static_cast<uchar>(file.back()) * file.size() / 255;
    const std::vector<Found> part = packetsOf(QByteArrayView(file).first(cut));
    require(part.size() <= whole.size() && std::equal(part.begin(), part.end(), whole.begin()),
        "a file that was cut gives other packets");
    for (const ProtocolPtr& protocol : { appProtocol(), rawProtocol() }) {
        checkImport(file, protocol);
    }
}

} // namespace sockeye
