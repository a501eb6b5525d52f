// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/lanes/lanes_picture.h"

#include <QString>

namespace sockeye {

/// What a box of a lane stands for, in sentences: "2 messages came in one read.", "This message came in 3 reads, 40 ms
/// apart." `startTime`: of the capture.
[[nodiscard]] QString laneSentence(const LaneBox& box, LaneKind kind, Direction direction, qint64 startTime);

/// A span of time as short as it can be told: "40 ms", "3.2 µs", "1.5 s". Negative counts as none.
[[nodiscard]] QString pauseText(qint64 nanoseconds);
/// "12.345678 s".
[[nodiscard]] QString laneTimeText(qint64 nanoseconds);
/// "1 byte", "1,448 bytes".
[[nodiscard]] QString laneBytesText(qint64 bytes);
/// "Reads", "Writes", "Messages", "Fields".
[[nodiscard]] QString laneTitle(LaneKind kind, Direction direction);

/// Labels of a call and of a message, the longest first; `summary` may be empty.
[[nodiscard]] QStringList callTexts(const LaneBox& box, Direction direction, qint64 startTime);
[[nodiscard]] QStringList messageTexts(const LaneBox& box, Direction direction, const QString& summary);

} // namespace sockeye
