// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/load/load_report.h"

#include <QByteArray>

namespace sockeye {

/// One JSON object on a line (command line's contract, "JSON Lines"): figures, latencies in microseconds, errors by
/// kind, what the generator cost, and the course over time.
[[nodiscard]] QByteArray loadJson(const LoadReport& report);

/// The course over time, one point a line, with a line of names first. Times are in seconds, latencies in microseconds.
[[nodiscard]] QByteArray loadCsv(const LoadReport& report);

} // namespace sockeye
