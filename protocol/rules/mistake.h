// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/text/text_mistake.h"

#include <tl/expected.hpp>

namespace sockeye::rules {

/// What is wrong with a text of rules, or surprising in it.
using Mistake = TextMistake;

template <typename T> using Result = tl::expected<T, Mistake>;

[[nodiscard]] inline tl::unexpected<Mistake> wrong(
    qsizetype at, qsizetype length, const QString& text, const QString& suggestion = {})
{
    return tl::unexpected(Mistake { at, length, text, suggestion });
}

} // namespace sockeye::rules
