// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/live/tool_line.h"
#include "app/net/failure.h"

namespace sockeye {

// Why nothing, or nothing more, is captured: the words for people.

/// What the tool says. NotPermitted: the advice is the one command that grants the right, see grantCommand().
/// `interface` and `filter` are what it was asked for.
[[nodiscard]] Failure liveFailure(
    const ToolError& error, const QString& tool, const QString& interface, const QString& filter);
[[nodiscard]] Failure toolNotStarted(const QString& tool, const QString& reason);
/// This build has no such tool.
[[nodiscard]] Failure liveNotAvailable();
/// It ended without a word.
[[nodiscard]] Failure toolEnded(const QString& tool);

} // namespace sockeye
