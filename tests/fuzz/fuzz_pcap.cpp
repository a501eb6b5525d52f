// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/reader/packet_source.h"
#include "app/formats/reader/pcapng_converter.h"
#include "app/storage/file_store.h"
#include "capture_checks.h"
#include "fuzz_target.h"
#include "memory_file.h"

#include <QBuffer>

#include <algorithm>
#include <array>
#include <cstring>

// Any bytes as a classic pcap file, in each of its four forms; saved as pcapng it holds the same packets.

using namespace sockeye;

namespace {

constexpr std::array<std::array<char, 4>, 4> magics { {
    { '\xD4', '\xC3', '\xB2', '\xA1' },
    { '\x4D', '\x3C', '\xB2', '\xA1' },
    { '\xA1', '\xB2', '\xC3', '\xD4' },
    { '\xA1', '\xB2', '\x3C', '\x4D' },
} };

void checkConversion(QByteArrayView bytes)
{
    MemoryFile file(bytes);
    QBuffer saved;
    saved.open(QIODevice::WriteOnly);
    {
        const FileStore store(file.path());
        require(convertToPcapng(store, {}, saved), "a buffer cannot be written");
    }
    const MemoryFile copy(saved.data());
    FileWindow before(file);
    FileWindow after(copy);
    const auto source = newPacketSource(before);
    const auto again = newPacketSource(after);
    if (!source) {
        return;
    }
    require(again != nullptr, "what was saved is no capture");
    while (const Packet* packet = source->next()) {
        const Packet* other = again->next();
        require(other != nullptr, "a packet is missing");
        require(other->bytes == packet->bytes && other->time == packet->time && other->linkType == packet->linkType
                && other->originalSize == packet->originalSize,
            "a packet has changed");
    }
    require(again->next() == nullptr && again->problem().isEmpty(), "what was saved has more");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    QByteArray file(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    const auto isOurs = [&file](const auto& magic) { return std::memcmp(file.constData(), magic.data(), 4) == 0; };
    if (file.size() >= 4 && !std::any_of(magics.begin(), magics.end(), isOurs)) {
        std::memcpy(file.data(), magics[static_cast<std::size_t>(file[0] & 3)].data(), 4);
    }
    checkCaptureFile(file);
    checkConversion(file);
    return 0;
}
