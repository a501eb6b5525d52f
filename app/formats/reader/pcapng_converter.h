// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/formats/pcapng/commented_copy.h"
#include "app/net/failure.h"

class QIODevice;

namespace sockeye {

class FileStore;

/// Whether the file begins as pcapng.
[[nodiscard]] bool isPcapng(const FileStore& store);

/// Writes the packets of a file of another format as pcapng, with these comments. False if `to` fails.
[[nodiscard]] bool convertToPcapng(const FileStore& from, const pcapng::CommentChanges& changes, QIODevice& to);

/// Copies a file with these changes, as pcapng whatever it is, to one of that name, which is replaced when all is
/// there. Not for the GUI thread.
[[nodiscard]] Failure saveAsPcapng(const FileStore& from, pcapng::CommentChanges changes, const QString& name);

} // namespace sockeye
