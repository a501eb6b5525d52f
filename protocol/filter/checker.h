// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/filter/program.h"
#include "protocol/filter/schema.h"

namespace sockeye::filter {

/// A filter that can be run, and what is surprising about it.
struct Checked {
    Program program;
    QList<Mistake> remarks;
};

/// Looks up names and compares types: what can never be meant is a mistake, what can never be otherwise a remark.
[[nodiscard]] Result<Checked> check(const Syntax& syntax, const Schema& schema, QStringView text);

} // namespace sockeye::filter
