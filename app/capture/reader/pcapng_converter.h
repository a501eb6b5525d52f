// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

class QIODevice;

namespace sockeye {

class FileStore;

/// Whether the file begins as pcapng.
[[nodiscard]] bool isPcapng(const FileStore& store);

/// Writes the packets of a file of another format as pcapng. False if `to` fails.
[[nodiscard]] bool convertToPcapng(const FileStore& from, QIODevice& to);

} // namespace sockeye
