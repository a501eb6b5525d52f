// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/load/cursor.h"
#include "protocol/kaitai/model/type_spec.h"

namespace sockeye::kaitai {

/// The type at `yaml` ("u2", "b3le", "strz", "path::to::frame(1, len)"), as a value of it is read in an object of
/// `spec`.
[[nodiscard]] Reading readTypeName(const Cursor& yaml, const TypeSpec& spec, Report& report);

/// `params` of a type: declares one.
[[nodiscard]] Attribute readParameter(const Cursor& yaml, Report& report);

} // namespace sockeye::kaitai
