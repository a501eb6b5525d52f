// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace sockeye {

/// How long the status bar shows what was done.
inline constexpr int statusMilliseconds = 8000;

} // namespace sockeye
