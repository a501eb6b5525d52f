// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/failure.h"
#include "app/platform/system_file.h"

#include <QString>

namespace sockeye {

/// The file that a spool writes to.
struct SpoolFile {
    SystemFile file; ///< not open if it could not be made
    QString path;
    bool temporary = false; ///< ours: to be removed with the capture
    SystemFile copy; ///< a pipe or a device that was asked for, and gets everything that the temporary file does
    QString copyName; ///< of it, for people
    Failure failure; ///< why there is none
};

/// Creates (or empties) `file`; with an empty name, a new file in our folder of the user's cache that nobody else may
/// read (mode 0600). "-" is standard output: as with every pipe, which gives back nothing of what was written to it,
/// the file is a temporary one then.
[[nodiscard]] SpoolFile createSpoolFile(const QString& file);

/// What went wrong with the spool, in words. `error` is an errno.
[[nodiscard]] Failure spoolFailure(const QString& path, int error);

} // namespace sockeye
