// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/load/cursor.h"
#include "protocol/kaitai/model/module.h"

namespace sockeye::kaitai {

/// Reads `meta` of a type. What stands there only at the top of a file goes to `module`, null elsewhere. What `type`
/// does not say itself it inherits from the type that it stands in.
void readMeta(const Cursor& meta, TypeSpec& type, Module* module, Report& report);

} // namespace sockeye::kaitai
