// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace sockeye {

/// For threads that live as long as the program: has `end`, which waits for what they have to do, called by the
/// destructor of the application. Any thread; to be called again whenever there is something new to wait for, which
/// costs nothing where it is known already.
///
/// The end of the process is too late for that. Statics of functions go in the opposite order in which they came, and
/// many come only when a thread needs them first, so that they are gone before what waits for that thread is. What one
/// has to do may give another one something to do: all are waited for until none has anything left.
void waitAtApplicationEnd(void (*end)());

} // namespace sockeye
