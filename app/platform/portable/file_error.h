// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

class QFileDevice;

namespace sockeye {

/// The number of <cerrno> for what went wrong with a file last; never 0.
[[nodiscard]] int fileError(const QFileDevice& file);

} // namespace sockeye
