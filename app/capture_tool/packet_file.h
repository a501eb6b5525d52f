// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/capture_tool/report.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace sockeye::tool {

/// Writes packets as pcapng (draft-ietf-opsawg-pcapng), in this machine's byte order: one section, one interface. What
/// is written ends between two blocks, so that others can read it while it grows.
class PacketFile {
public:
    /// The descriptor stays its owner's.
    explicit PacketFile(int descriptor);

    void begin(int linkType, int snapLength, std::string_view interface, std::string_view filter);
    /// `time` in nanoseconds since the epoch; `size` is what was captured of a packet of `originalSize` bytes.
    void add(std::uint64_t time, const unsigned char* bytes, std::uint32_t size, std::uint32_t originalSize);
    /// How much was lost: for those who read the file later.
    void end(std::uint64_t time, const Counts& counts);

    [[nodiscard]] bool isFull() const { return m_buffer.size() >= largeEnough; } ///< flush() is due
    /// Writes what was added. Once it fails (error()), the file is left as it was after the last one that did not.
    [[nodiscard]] bool flush();
    [[nodiscard]] int error() const { return m_error; } ///< an errno

private:
    static constexpr std::size_t largeEnough = 256 * 1024;

    void put(const void* bytes, std::size_t size);
    void put16(std::uint16_t value) { put(&value, sizeof value); }
    void put32(std::uint32_t value) { put(&value, sizeof value); }
    void putTime(std::uint64_t time);
    void putOption(std::uint16_t code, std::string_view value);
    void putCount(std::uint16_t code, std::uint64_t count);
    void pad();
    /// From beginBlock() to endBlock() is one block.
    void beginBlock(std::uint32_t type);
    void endBlock();

    const int m_descriptor;
    std::vector<char> m_buffer;
    std::size_t m_block = 0; ///< where the present block begins in the buffer
    off_t m_end; ///< of what is written whole; -1: a pipe or a terminal
    int m_error = 0;
};

} // namespace sockeye::tool
