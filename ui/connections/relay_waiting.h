// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/connections/waiting_text.h"

namespace sockeye {

/// What one conversation of a relay waits for where it is one of its two sides; nothing where that is no other than it
/// would be in a server. `context` must have a target.
[[nodiscard]] std::optional<Waiting> waitingInRelay(const ConnectionRecord& connection, const WaitingContext& context);

} // namespace sockeye
