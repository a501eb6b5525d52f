// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string_view>

// What the window and the command line are told, a line each, on standard error (packets go to standard output):
//
//     capturing LINKTYPE                         the file has its head, packets follow
//     packets WRITTEN dropped N missed N         so far; dropped by the kernel, missed by the interface
//     error CODE TEXT                            the last line; see ErrorCode
//
// app/live/tool_line.h reads them.
namespace sockeye::tool {

enum class ErrorCode : std::uint8_t {
    Usage, ///< the command line is wrong
    Right, ///< capturing is not permitted
    Interface, ///< there is none of that name, it is down, or it went away
    Filter, ///< the filter is none
    Write, ///< the packets cannot be written
    Other,
};

struct Counts {
    std::uint64_t written = 0;
    std::uint64_t dropped = 0; ///< by the kernel, because we were too slow
    std::uint64_t missed = 0; ///< by the interface or its driver
    friend bool operator==(const Counts&, const Counts&) = default;
};

void tellCapturing(int linkType);
/// Does nothing while nobody reads: a frozen window must not hold up the capture.
void tellCounts(const Counts& counts);
/// Returns the exit status that goes with it.
int tellError(ErrorCode code, std::string_view text);

} // namespace sockeye::tool
