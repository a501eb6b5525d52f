// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/load/load_figures.h"
#include "app/load/load_report.h"

#include <QByteArray>

namespace sockeye::cli {

/// The result of a load as lines for people: figures, percentiles, a small histogram, errors, the generator's cost.
[[nodiscard]] QByteArray loadText(const LoadReport& report);
/// Two runs side by side.
[[nodiscard]] QByteArray comparisonText(const LoadFigures& before, const LoadFigures& after);
/// One line while it runs.
[[nodiscard]] QByteArray loadProgressText(const LoadReport& report);

} // namespace sockeye::cli
