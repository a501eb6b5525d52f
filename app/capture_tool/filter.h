// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <pcap/pcap.h>

#include <string>

namespace sockeye::tool {

/// Says whether `filter` is one, for packets as that interface most likely delivers them: the interface itself is not
/// touched, so no right is needed. Returns the exit status.
[[nodiscard]] int checkFilter(const std::string& interface, const std::string& filter);

/// Compiles the filter for the open capture and hands it to the kernel. Returns an exit status, 0 if all is well.
[[nodiscard]] int setFilter(pcap_t* capture, const std::string& filter);

} // namespace sockeye::tool
