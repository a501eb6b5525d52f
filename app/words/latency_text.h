// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace sockeye {

/// A short span of time in three digits and the unit that fits: "850 ns", "12.3 µs", "4.56 ms", "1.20 s".
[[nodiscard]] QString latencyText(qint64 nanoseconds);

} // namespace sockeye
