// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/failure.h"

#include <QString>

namespace sockeye {

/// The file that a spool writes to.
struct SpoolFile {
    int descriptor = -1; ///< -1 if it could not be made
    QString path;
    bool temporary = false; ///< ours: to be removed with the capture
    Failure failure; ///< why there is none
};

/// Creates (or empties) `file`; with an empty name, a new file in our folder of the user's cache that nobody else may
/// read (mode 0600).
[[nodiscard]] SpoolFile createSpoolFile(const QString& file);

/// What went wrong with the spool, in words. `error` is an errno.
[[nodiscard]] Failure spoolFailure(const QString& path, int error);

} // namespace sockeye
