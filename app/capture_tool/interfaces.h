// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace sockeye::tool {

/// Writes the network interfaces of this machine to standard output, a line each: name, flags, addresses and
/// description, with tabs between them; flags and addresses with commas. Flags are "up", "running", "loopback",
/// "wireless", "all" (not one interface, but all of them). Returns the exit status.
[[nodiscard]] int listInterfaces();

} // namespace sockeye::tool
