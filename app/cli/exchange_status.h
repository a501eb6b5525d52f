// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/exchange_run.h"
#include "app/lines/json_line.h"

#include <QByteArray>

#include <optional>

namespace sockeye::cli {

/// Of a repetition, how many, how even and how quick: the member "repeat" of the result. Nothing where there was one
/// exchange only.
void addRepeated(JsonLine& json, const ExchangeRun& run);
/// The same for people, as a line; empty where there was one exchange only.
[[nodiscard]] QByteArray repeatedText(const ExchangeRun& run);

/// With which status it is over, if it did not go well; standard error then says why.
[[nodiscard]] std::optional<int> statusOf(const ExchangeRun& run, const Arguments& arguments);

} // namespace sockeye::cli
