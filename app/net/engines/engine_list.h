// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/engine.h"

#include <vector>

namespace sockeye {

/// The engines that were built, the usual one first: for engines().
[[nodiscard]] std::vector<const Engine*> builtEngines();

} // namespace sockeye
