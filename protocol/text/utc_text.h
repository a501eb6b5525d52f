// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace sockeye {

/// A time as people write it, in UTC: "2024-01-01 00:00:00". `seconds` since 1970, of the years 0 to 9999; `separator`
/// stands between day and time.
[[nodiscard]] QString utcText(qint64 seconds, char separator = ' ');

} // namespace sockeye
