// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace sockeye {

/// With thousands separators, also where the locale (the C locale) leaves them out: "65,535".
[[nodiscard]] QString groupedNumber(qint64 number);

/// For a narrow column: exact below `exactBelow`, "64k", "2.9M" from there on.
[[nodiscard]] QString shortNumber(qint64 number, qint64 exactBelow);

/// A span of time for people, from nanoseconds: "0.3 s", "12 s", "3 min 5 s", "2 h 5 min". Negative counts as none.
[[nodiscard]] QString durationText(qint64 nanoseconds);

/// Seconds with microseconds, from nanoseconds: "12.345678".
[[nodiscard]] QString secondsText(qint64 nanoseconds);

/// Date and time of day with microseconds, in the machine's time zone: "2024-05-01 12:00:01.123456".
[[nodiscard]] QString absoluteTimeText(qint64 nanosecondsSinceEpoch);

/// Bytes a second: "0 B/s", "820 B/s", "1.2 MB/s" (powers of ten).
[[nodiscard]] QString rateText(qint64 bytesPerSecond);

} // namespace sockeye
