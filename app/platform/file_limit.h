// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace sockeye {

/// Lets this program have as many files and sockets open as the system allows it. Many systems begin with 1,024.
void raiseFileLimit();

/// Whether this program could have so many more files and sockets open. True where the system does not tell.
[[nodiscard]] bool canOpenFiles(int count);

} // namespace sockeye
