// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/failure.h"

class QSaveFile;

namespace sockeye {

class ByteStore;

/// Copies the first `end` bytes of `store` to a file, which is replaced when all are there. Not for the GUI thread.
[[nodiscard]] Failure copyBytes(const ByteStore& store, qint64 end, const QString& file);

/// Why a file that was to be replaced was not.
[[nodiscard]] Failure saveFailure(const QSaveFile& file);

} // namespace sockeye
