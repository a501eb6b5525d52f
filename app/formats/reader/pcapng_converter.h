// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/failure.h"

class QIODevice;

namespace sockeye {

class FileStore;

/// Whether the file begins as pcapng.
[[nodiscard]] bool isPcapng(const FileStore& store);

/// Writes the packets of a file of another format as pcapng. False if `to` fails.
[[nodiscard]] bool convertToPcapng(const FileStore& from, QIODevice& to);

/// Copies a file, as pcapng whatever it is, to one of that name, which is replaced when all is there. Not for the GUI
/// thread.
[[nodiscard]] Failure saveAsPcapng(const FileStore& from, const QString& name);

} // namespace sockeye
