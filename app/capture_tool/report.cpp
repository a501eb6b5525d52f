// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/capture_tool/report.h"

#include <poll.h>
#include <string>
#include <unistd.h>

namespace sockeye::tool {

namespace {

const char* nameOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Usage:
        return "usage";
    case ErrorCode::Right:
        return "right";
    case ErrorCode::Interface:
        return "interface";
    case ErrorCode::Filter:
        return "filter";
    case ErrorCode::Write:
        return "write";
    case ErrorCode::Other:
        break;
    }
    return "other";
}

void writeLine(const std::string& line)
{
    // One write a line: a reader sees it whole. That nobody reads is noticed elsewhere, by the end of standard input.
    [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
}

} // namespace

void tellCapturing(int linkType)
{
    writeLine("capturing " + std::to_string(linkType) + '\n');
}

void tellCounts(const Counts& counts)
{
    pollfd room { STDERR_FILENO, POLLOUT, 0 };
    if (::poll(&room, 1, 0) == 1 && (room.revents & POLLOUT) != 0) {
        writeLine("packets " + std::to_string(counts.written) + " dropped " + std::to_string(counts.dropped)
            + " missed " + std::to_string(counts.missed) + '\n');
    }
}

int tellError(ErrorCode code, std::string_view text)
{
    std::string line = "error ";
    line += nameOf(code);
    line += ' ';
    for (const char each : text) {
        line += static_cast<unsigned char>(each) < 0x20 ? ' ' : each;
    }
    line += '\n';
    writeLine(line);
    return code == ErrorCode::Usage || code == ErrorCode::Filter ? 2 : 1;
}

} // namespace sockeye::tool
