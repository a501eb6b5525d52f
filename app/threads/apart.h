// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>

namespace sockeye {

/// Does `work` in a thread of its own, for which nobody has to wait: what reads a file that may hang, and what ends
/// other threads. From any thread. `work` owns or shares all that it uses, and ends soon once it is told to.
///
/// The end of the application waits for all of them, but not for one that hangs: after some seconds it is left to the
/// end of the process.
void runApart(std::function<void()> work);

} // namespace sockeye
