// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/failure.h"

#include <QByteArray>
#include <QPointer>
#include <QString>

#include <functional>

namespace sockeye {

/// What became of a file that was to be written.
struct FileWritten {
    bool isThere = false; ///< nothing was written: there is a file of that name, and it was not to be replaced
    Failure failure; ///< of the disk
    [[nodiscard]] bool isDone() const { return !isThere && !failure; }
};

struct FileWriting {
    bool replaces = true; ///< false: what is there stays
    bool makesFolder = false; ///< that it is in
};

/// Writes a small file in the background, whole or not at all. `done` is told in the thread of the application, unless
/// `owner`, which lives there, is gone by then. Of two that are asked for at once either may be the last.
void writeFile(const QString& file, const QByteArray& bytes, const FileWriting& how, QObject* owner,
    const std::function<void(const FileWritten&)>& done);

} // namespace sockeye
