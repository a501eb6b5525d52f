// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/capture_tool/packet_file.h"

#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace sockeye::tool {

namespace {

constexpr std::uint32_t sectionBlock = 0x0A0D0D0A;
constexpr std::uint32_t interfaceBlock = 1;
constexpr std::uint32_t statisticsBlock = 5;
constexpr std::uint32_t packetBlock = 6;
constexpr std::uint32_t byteOrderMagic = 0x1A2B3C4D;
constexpr std::uint64_t unknownLength = ~std::uint64_t { 0 };

constexpr std::uint16_t endOfOptions = 0;
constexpr std::uint16_t applicationOption = 4;
constexpr std::uint16_t interfaceNameOption = 2;
constexpr std::uint16_t timeResolutionOption = 9;
constexpr std::uint16_t filterOption = 11;
constexpr std::uint16_t receivedOption = 4;
constexpr std::uint16_t missedOption = 5;
constexpr std::uint16_t droppedOption = 7;

// Not "Sockeye": under that name readers of ours expect made-up headers and events, and these are real packets.
constexpr std::string_view application = "sockeye-capture " SOCKEYE_VERSION;

} // namespace

PacketFile::PacketFile(int descriptor)
    : m_descriptor(descriptor)
    , m_end(::lseek(descriptor, 0, SEEK_CUR))
{
    m_buffer.reserve(2 * largeEnough);
}

void PacketFile::put(const void* bytes, std::size_t size)
{
    const auto* from = static_cast<const char*>(bytes);
    m_buffer.insert(m_buffer.end(), from, from + size);
}

void PacketFile::putTime(std::uint64_t time)
{
    put32(static_cast<std::uint32_t>(time >> 32));
    put32(static_cast<std::uint32_t>(time));
}

void PacketFile::pad()
{
    m_buffer.resize(m_block + ((m_buffer.size() - m_block + 3) & ~std::size_t { 3 }));
}

void PacketFile::putOption(std::uint16_t code, std::string_view value)
{
    put16(code);
    put16(static_cast<std::uint16_t>(value.size()));
    put(value.data(), value.size());
    pad();
}

void PacketFile::putCount(std::uint16_t code, std::uint64_t count)
{
    putOption(code, { reinterpret_cast<const char*>(&count), sizeof count });
}

void PacketFile::beginBlock(std::uint32_t type)
{
    m_block = m_buffer.size();
    put32(type);
    put32(0);
}

void PacketFile::endBlock()
{
    pad();
    const auto size = static_cast<std::uint32_t>(m_buffer.size() - m_block + sizeof(std::uint32_t));
    std::memcpy(m_buffer.data() + m_block + sizeof(std::uint32_t), &size, sizeof size);
    put32(size);
}

void PacketFile::begin(int linkType, int snapLength, std::string_view interface, std::string_view filter)
{
    beginBlock(sectionBlock);
    put32(byteOrderMagic);
    put16(1);
    put16(0);
    put(&unknownLength, sizeof unknownLength);
    putOption(applicationOption, application);
    putOption(endOfOptions, {});
    endBlock();

    beginBlock(interfaceBlock);
    put16(static_cast<std::uint16_t>(linkType));
    put16(0);
    put32(static_cast<std::uint32_t>(snapLength));
    putOption(interfaceNameOption, interface);
    if (!filter.empty()) {
        putOption(filterOption, std::string(1, '\0').append(filter)); // 0: in libpcap's language
    }
    putOption(timeResolutionOption, "\x09"); // nanoseconds
    putOption(endOfOptions, {});
    endBlock();
}

void PacketFile::add(std::uint64_t time, const unsigned char* bytes, std::uint32_t size, std::uint32_t originalSize)
{
    beginBlock(packetBlock);
    put32(0); // the first interface
    putTime(time);
    put32(size);
    put32(originalSize);
    put(bytes, size);
    endBlock();
}

void PacketFile::end(std::uint64_t time, const Counts& counts)
{
    beginBlock(statisticsBlock);
    put32(0);
    putTime(time);
    putCount(receivedOption, counts.written + counts.dropped);
    putCount(missedOption, counts.missed);
    putCount(droppedOption, counts.dropped);
    putOption(endOfOptions, {});
    endBlock();
}

bool PacketFile::flush()
{
    std::size_t done = 0;
    while (m_error == 0 && done < m_buffer.size()) {
        const ssize_t written = ::write(m_descriptor, m_buffer.data() + done, m_buffer.size() - done);
        if (written >= 0) {
            done += static_cast<std::size_t>(written);
        } else if (errno != EINTR) {
            m_error = errno;
        }
    }
    m_buffer.clear();
    if (m_error == 0) {
        m_end = m_end < 0 ? m_end : m_end + static_cast<off_t>(done);
        return true;
    }
    if (m_end >= 0) {
        // No half block stays behind. Should even that fail, readers see a cut last block and stop there.
        [[maybe_unused]] const int cut = ::ftruncate(m_descriptor, m_end);
    }
    return false;
}

} // namespace sockeye::tool
