// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace sockeye::cli {

/// What the program tells its caller (the command line's contract, "Exit status").
enum ExitStatus : int {
    Done = 0,
    Failed = 1, ///< the exchange failed; one line on standard error says why
    WrongUsage = 2, ///< the command line is wrong
    Unexpected = 3, ///< the reply came, but what --expect names was not in it
};

} // namespace sockeye::cli
