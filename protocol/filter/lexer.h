// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/filter/token.h"

namespace sockeye::filter {

/// A letter of a name; digits and hyphens may follow the first one.
[[nodiscard]] bool beginsName(QChar c);
[[nodiscard]] bool isInName(QChar c);

[[nodiscard]] Tokens tokensOf(QStringView text);

} // namespace sockeye::filter
