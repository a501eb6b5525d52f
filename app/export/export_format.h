// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <array>

namespace sockeye {

/// What messages can be written out as.
enum class ExportFormat : quint8 {
    Pcapng, ///< a conversation of its own that holds only these messages' bytes, with synthetic headers
    JsonLines, ///< the command line's JSON Lines: opened, message, bytes (of what made no message), error, note
    Csv, ///< one line each (RFC 4180), with the bytes in hex
    HexDump, ///< as `hexdump -C`, in the form that `text2pcap -a -D -t ISO` reads
    RawBytes, ///< the bytes alone: a file for each direction of each connection
    CArray, ///< a C or C++ source file
    PythonArray, ///< a Python module
};

inline constexpr std::array allExportFormats { ExportFormat::Pcapng, ExportFormat::JsonLines, ExportFormat::Csv,
    ExportFormat::HexDump, ExportFormat::RawBytes, ExportFormat::CArray, ExportFormat::PythonArray };

/// How the name of such a file ends, without the dot: "pcapng", "jsonl", "csv", "txt", "bin", "c", "py".
[[nodiscard]] QString exportSuffix(ExportFormat format);

} // namespace sockeye
