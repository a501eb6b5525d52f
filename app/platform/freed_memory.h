// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace sockeye {

/// Gives back to the system what this process has freed. The C library would keep it for the next time: after ten
/// thousand connections have gone, that is most of what they took. Takes milliseconds. Does nothing where the library
/// cannot.
void returnFreedMemory();

} // namespace sockeye
