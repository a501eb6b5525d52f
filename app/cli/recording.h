// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/arguments/arguments.h"
#include "app/cli/event_printer.h"
#include "app/cli/terminal/output.h"
#include "app/reading/capture.h"

#include <memory>

namespace sockeye::cli {

class ReplyTap;

/// What a command prints and records: the capture, and who prints what it sees.
class Recording {
public:
    /// `title` names the endpoint in the file.
    /// `tap`: sees every event before who prints.
    Recording(const Arguments& arguments, const PrinterOptions& printing, const QString& title,
        const std::shared_ptr<ReplyTap>& tap = {});

    [[nodiscard]] const std::shared_ptr<Capture>& capture() const { return m_capture; }
    [[nodiscard]] Output& output() { return m_output; }

    /// Why the file cannot be written, said on standard error; true if all is well.
    [[nodiscard]] bool fileIsGood() const;
    /// Once the endpoint is gone: everything is printed and in the file. Returns fileIsGood().
    [[nodiscard]] bool finish();

private:
    Output m_output;
    std::shared_ptr<EventPrinter> m_printer; ///< null for --print none
    std::shared_ptr<Capture> m_capture;
    bool m_recorded = false;
};

/// The printer that the arguments ask for, or null.
[[nodiscard]] std::shared_ptr<EventPrinter> newPrinter(PrintMode mode, Output& output, const PrinterOptions& options);

} // namespace sockeye::cli
