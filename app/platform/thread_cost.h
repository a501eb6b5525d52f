// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

namespace sockeye {

/// Processor time that the calling thread has used, in nanoseconds; 0 where the system does not tell.
[[nodiscard]] qint64 threadProcessorTime();
/// How long the calling thread was ready to run and had to wait for a core, in nanoseconds; 0 where the system does not
/// tell.
[[nodiscard]] qint64 threadRunDelay();

} // namespace sockeye
