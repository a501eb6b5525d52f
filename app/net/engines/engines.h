// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/engine.h"

#include <vector>

namespace sockeye {

[[nodiscard]] const std::vector<const Engine*>& engines(); ///< all that this build has, the usual one first
/// The one that the environment variable SOCKEYE_ENGINE names, else the usual one.
[[nodiscard]] const Engine& defaultEngine();
[[nodiscard]] const Engine* engineNamed(QStringView id); ///< by its id(); null: there is none of that name

} // namespace sockeye
