// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/platform/system_file.h"

class QProcess;

namespace sockeye {

/// Whether this build has the program that captures (app/capture_tool), and can let it write to a file of ours.
[[nodiscard]] bool hasCaptureTool();

/// Has a program that is not started yet write its standard output to `file`, which is open until it has been: to that
/// very file, not to its name, so that nothing can come between, and its lock lasts as long as either process.
void sendOutputTo(QProcess& process, const SystemFile& file);

} // namespace sockeye
