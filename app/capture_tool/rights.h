// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace sockeye::tool {

/// Gives up, for good, every right that the program's file or its user has beyond a usual program's. What is open stays
/// open. False if the system refuses.
[[nodiscard]] bool giveUpRights();

} // namespace sockeye::tool
