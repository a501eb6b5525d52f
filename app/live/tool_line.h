// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>
#include <QString>

#include <variant>

namespace sockeye {

/// How many packets there were.
struct PacketCounts {
    quint64 captured = 0;
    quint64 dropped = 0; ///< by the kernel: they came faster than they could be written
    quint64 missed = 0; ///< by the interface or its driver
    friend bool operator==(const PacketCounts&, const PacketCounts&) = default;
};

/// What went wrong for the capture tool.
struct ToolError {
    QString code; ///< "right", "interface", "filter", "write", "usage", "other"
    QString text; ///< in the words of libpcap or of the system
    friend bool operator==(const ToolError&, const ToolError&) = default;
};

struct CaptureBegan {
    quint32 linkType = 0;
    friend bool operator==(const CaptureBegan&, const CaptureBegan&) = default;
};

/// One line of what the capture tool tells (app/capture_tool/report.h); nothing for one that is none of its own, such
/// as a complaint of the program loader.
using ToolLine = std::variant<std::monostate, CaptureBegan, PacketCounts, ToolError>;

[[nodiscard]] ToolLine parseToolLine(QByteArrayView line);

} // namespace sockeye
