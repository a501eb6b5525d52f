// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/comparison/comparison.h"

namespace sockeye {

/// No clipboard takes more lines of bytes gladly; what is left out is said.
inline constexpr qint64 maxComparisonLines = 20'000;

/// A comparison as plain text: names, sentence, fields, and the bytes sixteen a line. `onlyDifferences`: without what
/// is the same.
[[nodiscard]] QString comparisonText(const Comparison& comparison, bool onlyDifferences);

} // namespace sockeye
