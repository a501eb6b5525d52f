// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/arguments/usage_error.h"
#include "protocol/base/protocol.h"
#include "protocol/filter/filter.h"

#include <tl/expected.hpp>

namespace sockeye::cli {

/// What --where, or another `option` that takes a filter, asks for, of messages that are read by that protocol. What is
/// surprising about it is said on standard error.
[[nodiscard]] tl::expected<filter::Filter, UsageError> whereFilter(
    const QString& text, const Protocol& protocol, QStringView option = u"--where");

/// The language in a few lines, for the help of each command that has the option.
[[nodiscard]] QString whereHelp();

} // namespace sockeye::cli
