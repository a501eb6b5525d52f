// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>

namespace sockeye {

/// How many connections a quarter of the machine's memory holds. What each costs is many times its packet, and stays
/// after its end: a file may hold one in every packet, and a server may be asked for a new one by anybody, again and
/// again.
[[nodiscard]] std::size_t connectionsInMemory();

} // namespace sockeye
