// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/check/names.h"
#include "protocol/kaitai/load/cursor.h"

namespace sockeye::kaitai {

/// Finds the types and enums that attributes name, and settles what their values are, except those of value
/// instances, which follow from their expressions.
void resolveNames(const Program& program, Report& report);

/// Settles of which type the parent of each type's objects is.
void resolveParents(const Program& program);

} // namespace sockeye::kaitai
