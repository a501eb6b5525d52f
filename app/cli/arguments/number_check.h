// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <CLI/CLI.hpp>

namespace sockeye::cli {

/// A number with a fraction within these bounds. CLI::Range lets "nan" pass.
[[nodiscard]] CLI::Validator numberWithin(double least, double most);

} // namespace sockeye::cli
