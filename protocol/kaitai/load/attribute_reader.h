// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/load/cursor.h"
#include "protocol/kaitai/model/type_spec.h"

namespace sockeye::kaitai {

/// Reads a field of `seq` or, with an `instanceId`, an instance of `spec`.
[[nodiscard]] Attribute readAttribute(
    const Cursor& yaml, const TypeSpec& spec, const QByteArray& instanceId, Report& report);

} // namespace sockeye::kaitai
