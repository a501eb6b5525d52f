// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/export/export_format.h"

namespace sockeye {

QString exportSuffix(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Pcapng:
        return QStringLiteral("pcapng");
    case ExportFormat::JsonLines:
        return QStringLiteral("jsonl");
    case ExportFormat::Csv:
        return QStringLiteral("csv");
    case ExportFormat::HexDump:
        return QStringLiteral("txt");
    case ExportFormat::RawBytes:
        return QStringLiteral("bin");
    case ExportFormat::CArray:
        return QStringLiteral("c");
    case ExportFormat::PythonArray:
        return QStringLiteral("py");
    }
    return {};
}

} // namespace sockeye
