// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/protocols/registry.h"

namespace sockeye {

/// The dissector of a protocol for Wireshark; without Lua for one that has none.
[[nodiscard]] Dissector wiresharkScript(const ProtocolPtr& protocol);

} // namespace sockeye
