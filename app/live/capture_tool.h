// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace sockeye {

/// The program that captures (app/capture_tool): it lies beside the one that runs.
[[nodiscard]] QString captureToolPath();

/// The one command that gives `tool` the right to capture, for a shell. It names the file itself, not a link to it.
[[nodiscard]] QString grantCommand(const QString& tool);

} // namespace sockeye
