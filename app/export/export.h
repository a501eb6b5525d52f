// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/export/export_control.h"
#include "app/export/export_format.h"
#include "app/export/row_choice.h"
#include "app/reading/capture.h"

#include <QByteArrayList>
#include <QStringList>

namespace sockeye {

/// Which messages of a capture to write out, as what and where to.
struct ExportRequest {
    std::shared_ptr<const Capture> capture;
    RowChoice rows;
    ExportFormat format = ExportFormat::Pcapng;
    QString file; ///< RawBytes makes several names of it: see ExportResult::files
    QString title; ///< names the capture in a pcapng file: "Server 65432"; may be empty
    /// Paths of fields, as pathsOf() reads them. CSV: they get a column each; JSON Lines: only these.
    QByteArrayList fields {};
};

struct ExportResult {
    Failure failure; ///< why nothing was written; none if it was, or if it was cancelled
    bool cancelled = false; ///< by ExportControl::cancel(): nothing was written
    qsizetype rows = 0; ///< that were written
    qsizetype incomplete = 0; ///< of these, rows whose bytes the capture could not give back whole
    QStringList files; ///< that are there now
};

/// Writes the messages out, in the order in which they happened, and returns when it is done. Reads and writes disks:
/// for a worker thread. Memory does not grow with the number of messages but by some bytes a connection. Files are
/// written beside their names, and take them only when all is well.
///
/// Rows that came after the call are not in it. Errors and notes are told where a format has words for them (pcapng,
/// JSON Lines, CSV, hex dump).
[[nodiscard]] ExportResult exportMessages(const ExportRequest& request, ExportControl& control);

} // namespace sockeye
