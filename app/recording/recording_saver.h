// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/failure.h"

#include <functional>
#include <memory>

namespace sockeye {

class CaptureLog;

/// Copies what `log` has on record now to `file`: beside it first, then in its place. Called in the capture thread; the
/// work is done elsewhere, `done` is called in the capture thread again.
void saveRecording(std::shared_ptr<CaptureLog> log, const QString& file, std::function<void(const Failure&)> done);

} // namespace sockeye
