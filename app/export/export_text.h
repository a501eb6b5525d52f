// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/events/event.h"

#include <QByteArray>
#include <QString>

namespace sockeye {

/// UTC, as ISO 8601 with microseconds: "2024-05-01T12:00:01.123456Z".
[[nodiscard]] QByteArray isoTime(qint64 nanosecondsSinceEpoch);

/// "in" or "out", for scripts.
[[nodiscard]] QByteArrayView directionWord(Direction direction);

/// Text for a comment: one line, in UTF-8, without control characters.
[[nodiscard]] QByteArray commentText(const QString& text);

} // namespace sockeye
