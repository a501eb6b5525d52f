// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/failure.h"

namespace sockeye {

/// Why a capture file shows nothing, or less than it should: the words for people.
[[nodiscard]] Failure noCapture(const QString& path, const QByteArray& firstBytes);
/// `what` says what is wrong at byte `position`; what came before it is shown.
[[nodiscard]] Failure damaged(const QString& path, qint64 position, const QString& what);
[[nodiscard]] Failure tooManyConnections(const QString& path, qsizetype limit);

} // namespace sockeye
