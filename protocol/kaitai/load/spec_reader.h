// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/load/cursor.h"
#include "protocol/kaitai/model/module.h"

namespace sockeye::kaitai {

/// Reads a whole file's YAML. Names of types and enums are not looked up yet.
[[nodiscard]] std::unique_ptr<Module> readModule(const Cursor& yaml, Report& report);

} // namespace sockeye::kaitai
