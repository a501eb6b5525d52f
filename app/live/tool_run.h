// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/failure.h"

#include <QByteArray>
#include <QObject>
#include <QStringList>

#include <functional>

namespace sockeye {

/// How one run of a program ended.
struct ToolResult {
    QByteArray output; ///< what it wrote, up to a bound
    Failure failure; ///< what went wrong, if anything did
};

/// Runs the capture tool to its end (`interfaces`, or `check INTERFACE FILTER`) without waiting for it; `done` is
/// called in this thread, unless `context` is gone by then. A run that does not end is ended.
void runCaptureTool(
    const QString& tool, const QStringList& arguments, QObject* context, std::function<void(const ToolResult&)> done);

} // namespace sockeye
