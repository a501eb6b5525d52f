// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/filter/program.h"
#include "protocol/filter/schema.h"

namespace sockeye::filter {

/// Looks up the names of a side of a test, and what its functions do to their values. Remarks are added to `remarks`.
[[nodiscard]] Result<Operand> checkOperand(
    const ValueSyntax& syntax, const Schema& schema, QStringView text, QList<Mistake>& remarks);

} // namespace sockeye::filter
