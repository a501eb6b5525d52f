// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/arguments/usage_error.h"

#include <QByteArray>

#include <tl/expected.hpp>

namespace sockeye::cli {

/// The bytes of an option --hex (see readHex()). What of its text is left out is told on standard error.
[[nodiscard]] tl::expected<QByteArray, UsageError> bytesOfHexOption(const QString& text);

} // namespace sockeye::cli
